using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A contribution with where it stands.</summary>
/// <param name="CaseVersion">The version that a move must have seen.</param>
internal sealed record ContributionView(Contribution Row, string Unit, string UnitName, string Stage, long CaseVersion, DateTimeOffset Since);

/// <summary>A bulletin with where it stands.</summary>
/// <param name="Items">Pieces of its running edition.</param>
internal sealed record BulletinView(Bulletin Row, string Stage, long CaseVersion, DateTimeOffset Since, int Items)
{
    public string Number => BulletinMoves.NumberOf(Row);
}

/// <summary>Reads contributions and bulletins within the actor's scope. What a unit has not sent in is its own, whoever else sees the unit.</summary>
internal sealed class BulletinsReading(PlatformDb db, StepReading steps)
{
    public const int PageSize = 30;

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public Task<IReadOnlyList<ContributionView>> ContributionsAsync(string? stage, string? unit, long? before, CancellationToken cancel = default) => ContributionsAsync(
        rows => rows.Where(row => (before == null || row.Row.Id < before) && (stage == null || row.File.Stage == stage) && (unit == null || row.Unit.Code == unit)), PageSize, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<ContributionView> ContributionAsync(long id, CancellationToken cancel = default) =>
        await ContributionsAsync(rows => rows.Where(row => row.Row.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    /// <summary>Newest first, one page.</summary>
    public async Task<IReadOnlyList<BulletinView>> BulletinsAsync(string? stage, long? before, CancellationToken cancel = default) =>
        await ViewAsync(db.Set<Bulletin>().Where(row => before == null || row.Id < before), stage, PageSize, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<BulletinView> BulletinAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(db.Set<Bulletin>().Where(row => row.Id == id), null, 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    public Task<List<BulletinItem>> ItemsAsync(long bulletin, int edition, CancellationToken cancel = default) =>
        db.Set<BulletinItem>().AsNoTracking().Where(row => row.BulletinId == bulletin && row.Edition == edition).OrderBy(row => row.Ordinal).ToListAsync(cancel);

    public Task<IReadOnlyList<StepLine>> StepsAsync(long file, long organisation, CancellationToken cancel = default) => steps.OfAsync([file], organisation, cancel);

    private async Task<List<BulletinView>> ViewAsync(IQueryable<Bulletin> chosen, string? stage, int size, CancellationToken cancel) => await (
        from row in chosen.AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        where stage == null || file.Stage == stage
        orderby row.Id descending
        select new BulletinView(row, file.Stage, file.Version, file.StageSince,
            db.Set<BulletinItem>().Count(item => item.BulletinId == row.Id && item.Edition == row.Edition))).Take(size).ToListAsync(cancel);

    private async Task<IReadOnlyList<ContributionView>> ContributionsAsync(Func<IQueryable<Joined>, IQueryable<Joined>> chosen, int size, CancellationToken cancel)
    {
        long[] own = [.. db.Actor.Grants.Select(grant => grant.OrganisationId)];
        return await chosen(
            from row in db.Set<Contribution>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            where (file.Stage != ContributionProcedure.Draft && file.Stage != ContributionProcedure.Dropped) || own.Contains(row.OrganisationId)
            select new Joined { Row = row, File = file, Unit = unit })
            .OrderByDescending(row => row.Row.Id).Take(size)
            .Select(row => new ContributionView(row.Row, row.Unit.Code, row.Unit.Name, row.File.Stage, row.File.Version, row.File.StageSince)).ToListAsync(cancel);
    }

    private sealed class Joined
    {
        public required Contribution Row { get; init; }

        public required Case File { get; init; }

        public required Organisation Unit { get; init; }
    }
}
