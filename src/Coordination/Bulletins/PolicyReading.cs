using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A policy document with where it stands.</summary>
internal sealed record PolicyView(PolicyDocument Row, string Stage, long CaseVersion, DateTimeOffset Since);

/// <summary>What a unit was asked and what it said.</summary>
internal sealed record CommentView(PolicyComment Row, string Unit, string UnitName, string Stage, long CaseVersion);

/// <summary>Reads policy documents and comments within the actor's scope.</summary>
internal sealed class PolicyReading(PlatformDb db, StepReading steps)
{
    public const int PageSize = 30;

    private const int MostStanding = 200;

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public Task<List<PolicyView>> PageAsync(string? stage, long? before, CancellationToken cancel = default) =>
        ViewAsync(db.Set<PolicyDocument>().Where(row => before == null || row.Id < before), stage, PageSize, cancel);

    /// <summary>What a new document may replace.</summary>
    public Task<List<PolicyView>> StandingAsync(DateOnly today, CancellationToken cancel = default) => ViewAsync(Standing(db, today), null, MostStanding, cancel);

    /// <summary>What was issued and published and has not ended; whether it is being amended is another matter.</summary>
    public static IQueryable<PolicyDocument> Standing(PlatformDb db, DateOnly today) => db.Set<PolicyDocument>().Where(row => row.IssuedOrdinal > 0 && row.ExpiresOn >= today
        && db.Set<PublicText>().Any(text => text.Kind == Publication.Policy && text.SubjectId == row.Id && text.Current));

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<PolicyView> FindAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(db.Set<PolicyDocument>().Where(row => row.Id == id), null, 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    /// <summary>Oldest first.</summary>
    public Task<List<PolicyVersion>> VersionsAsync(long id, CancellationToken cancel = default) =>
        db.Set<PolicyVersion>().AsNoTracking().Where(row => row.PolicyId == id).OrderBy(row => row.Ordinal).ToListAsync(cancel);

    public Task<List<PolicyCheck>> ChecksAsync(long id, CancellationToken cancel = default) =>
        db.Set<PolicyCheck>().AsNoTracking().Where(row => row.PolicyId == id).OrderByDescending(row => row.Id).ToListAsync(cancel);

    /// <summary>The units' comments on a document, by version and unit.</summary>
    public Task<List<CommentView>> CommentsAsync(long policy, CancellationToken cancel = default) =>
        CommentsAsync(db.Set<PolicyComment>().Where(row => row.PolicyId == policy), 500, cancel);

    /// <summary>What the actor's units were asked, newest first.</summary>
    public Task<List<CommentView>> AskedAsync(long? before, CancellationToken cancel = default)
    {
        long[] units = [.. db.Actor.Grants.Where(grant => grant.Role == BulletinsModule.Contributor).Select(grant => grant.OrganisationId)];
        return CommentsAsync(db.Set<PolicyComment>().Where(row => units.Contains(row.OrganisationId) && (before == null || row.Id < before)), PageSize, cancel);
    }

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<CommentView> CommentAsync(long id, CancellationToken cancel = default) =>
        await CommentsAsync(db.Set<PolicyComment>().Where(row => row.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    public Task<List<PublicComment>> OfPublicAsync(long policy, CancellationToken cancel = default) =>
        db.Set<PublicComment>().AsNoTracking().Where(row => row.PolicyId == policy).OrderByDescending(row => row.Id).Take(Consultation.MostOfPublic).ToListAsync(cancel);

    public Task<IReadOnlyList<StepLine>> StepsAsync(PolicyDocument policy, CancellationToken cancel = default) => StepsAsync(policy.CaseId, policy.OrganisationId, cancel);

    public Task<IReadOnlyList<StepLine>> StepsAsync(long file, long organisation, CancellationToken cancel = default) => steps.OfAsync([file], organisation, cancel);

    private Task<List<PolicyView>> ViewAsync(IQueryable<PolicyDocument> chosen, string? stage, int size, CancellationToken cancel) => (
        from row in chosen.AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        where stage == null || file.Stage == stage
        orderby row.Id descending
        select new PolicyView(row, file.Stage, file.Version, file.StageSince)).Take(size).ToListAsync(cancel);

    private Task<List<CommentView>> CommentsAsync(IQueryable<PolicyComment> chosen, int size, CancellationToken cancel) => (
        from row in chosen.AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
        orderby row.Id descending
        select new CommentView(row, unit.Code, unit.Name, file.Stage, file.Version)).Take(size).ToListAsync(cancel);
}
