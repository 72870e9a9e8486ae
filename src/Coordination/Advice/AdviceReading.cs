using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Advice;

/// <summary>An inquiry with where it stands.</summary>
internal sealed record InquiryView(Inquiry Row, string Unit, string UnitName, string Stage, long CaseVersion, DateTimeOffset Since);

/// <summary>A question with the expert's own opinion, and those of the others once it is given.</summary>
internal sealed record QuestionView(int Ordinal, string Question, string Opinion, IReadOnlyList<(string Expert, string Text)> Others);

/// <summary>A study with where it stands.</summary>
internal sealed record StudyView(Study Row, string Committee, string Stage, long CaseVersion, DateTimeOffset Since);

/// <summary>A session with where it stands.</summary>
internal sealed record SessionView(AdviceSession Row, string Stage, long CaseVersion);

/// <summary>An expert with the codes that a roster goes by.</summary>
/// <param name="Committee">Code of the committee.</param>
/// <param name="CommitteePath">Where the committee stands in the tree.</param>
/// <param name="HouseCode">Code of the employer where it is an organisation of the platform, with its name of today.</param>
internal sealed record RosterLine(Expert Row, string Committee, string CommitteePath, string Account, string? HouseCode, string? HouseName);

/// <summary>How the committees are manned.</summary>
/// <param name="Serving">Whose term has not ended.</param>
/// <param name="Ending">Whose term ends within sixty days.</param>
/// <param name="FirstEnding">The first of them.</param>
internal sealed record Manning(int All, int Serving, int Ending, Expert? FirstEnding);

/// <summary>Reads what the committee does, within the actor's scope.</summary>
internal sealed class AdviceReading(PlatformDb db, StepReading steps, IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int PageSize = 30;

    /// <summary>Newest first, one page.</summary>
    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public Task<List<InquiryView>> InquiriesAsync(string? stage, long? before, CancellationToken cancel = default) =>
        ViewAsync(db.Set<Inquiry>().Where(row => before == null || row.Id < before), stage, PageSize, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<InquiryView> InquiryAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(db.Set<Inquiry>().Where(row => row.Id == id), null, 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    public Task<List<InquiryQuestion>> QuestionsAsync(long inquiry, CancellationToken cancel = default) =>
        db.Set<InquiryQuestion>().AsNoTracking().Where(row => row.InquiryId == inquiry).OrderBy(row => row.Ordinal).ToListAsync(cancel);

    public Task<List<InquiryParty>> PartiesAsync(long inquiry, CancellationToken cancel = default) =>
        db.Set<InquiryParty>().AsNoTracking().Where(row => row.InquiryId == inquiry).OrderBy(row => row.PartyId).ToListAsync(cancel);

    public Task<List<AdviceOpinion>> OpinionsAsync(long inquiry, CancellationToken cancel = default) =>
        db.Set<AdviceOpinion>().AsNoTracking().Where(row => row.InquiryId == inquiry).OrderBy(row => row.Ordinal).ThenBy(row => row.Id).ToListAsync(cancel);

    /// <summary>Who is asked in the inquiry's present round; only the office and the committee see it.</summary>
    public Task<List<Assignment>> AssignmentsAsync(Inquiry inquiry, CancellationToken cancel = default) =>
        db.Set<Assignment>().AsNoTracking().Where(row => row.InquiryId == inquiry.Id && row.Round == inquiry.Round).OrderBy(row => row.Id).ToListAsync(cancel);

    /// <summary>What the actor is asked as an expert, newest first.</summary>
    public Task<List<Assignment>> MineAsync(CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        return db.Set<Assignment>().AsNoTracking().Where(row => row.UserId == user).OrderByDescending(row => row.Id).Take(PageSize).ToListAsync(cancel);
    }

    /// <summary>
    /// An assignment with its questions. Whoever is asked and has not yet given an own opinion reads nobody's, in whatever other role he looks; only the
    /// expert asked and the office may look at all.
    /// </summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<(Assignment Row, IReadOnlyList<QuestionView> Questions)> AssignmentAsync(long id, CancellationToken cancel = default)
    {
        Assignment row = await db.Set<Assignment>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancel) ?? throw Refusal.NotFound();
        bool own = row.UserId == db.Actor.UserId;
        if (!own && !db.Actor.Is(AdviceModule.Office))
        {
            throw Refusal.NotFound();
        }

        List<AssignedQuestion> questions = await db.Set<AssignedQuestion>().AsNoTracking().Where(one => one.AssignmentId == id).OrderBy(one => one.Ordinal).ToListAsync(cancel);
        long user = db.Actor.UserId;
        bool waits = await db.Set<Assignment>().AnyAsync(one => one.InquiryId == row.InquiryId && one.UserId == user && one.GivenAt == null && !one.Ended, cancel);
        bool sees = !waits && (!own || row.GivenAt is not null);
        var others = sees ? await (
            from said in db.Set<AssignedQuestion>().AsNoTracking()
            join other in db.Set<Assignment>() on said.AssignmentId equals other.Id
            join expert in db.Set<Expert>() on other.ExpertId equals expert.Id
            where other.InquiryId == row.InquiryId && other.Round == row.Round && other.Id != id && other.GivenAt != null
            orderby other.Id
            select new { said.Ordinal, expert.Name, said.Opinion }).ToListAsync(cancel) : [];
        return (row, [.. questions.Select(one => new QuestionView(one.Ordinal, one.Question, sees || own ? one.Opinion : "",
            [.. others.Where(other => other.Ordinal == one.Ordinal).Select(other => (other.Name, other.Opinion))]))]);
    }

    /// <summary>The file that an inquiry rests on, for whoever may look at the assignment: it is the unit's, which the committee does not see.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<(EvidenceFile File, Stream Content)> MaterialAsync(long id, CancellationToken cancel = default)
    {
        (Assignment row, _) = await AssignmentAsync(id, cancel);
        return await scopes.AsPlatformAsync(async services =>
        {
            long file = await MaterialOf(services, row).FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound();
            return await services.GetRequiredService<EvidenceStore>().OpenAsync(file, cancel);
        });
    }

    public Task<bool> HasMaterialAsync(Assignment row, CancellationToken cancel = default) =>
        scopes.AsPlatformAsync(services => MaterialOf(services, row).AnyAsync(file => file != null, cancel));

    /// <summary>The experts in the order they were taken in, one page.</summary>
    /// <param name="after">Keyset: the id of the last expert of the page before.</param>
    public Task<List<Expert>> ExpertsAsync(long? after, CancellationToken cancel = default) =>
        db.Set<Expert>().AsNoTracking().Where(row => after == null || row.Id > after).OrderBy(row => row.Id).Take(PageSize).ToListAsync(cancel);

    /// <summary>Who may be asked today: in their term, those of the field first.</summary>
    public async Task<List<Expert>> CandidatesAsync(string field, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        List<Expert> serving = await db.Set<Expert>().AsNoTracking().Where(row => row.TermFrom <= today && row.TermUntil >= today).OrderBy(row => row.Id)
            .Take(ExpertRoster.MostExperts).ToListAsync(cancel);
        return [.. serving.OrderByDescending(row => row.Fields.Split(' ').Contains(field))];
    }

    public Task<Dictionary<long, string>> NamesAsync(IEnumerable<Assignment> assignments, CancellationToken cancel = default)
    {
        long[] these = [.. assignments.Select(row => row.ExpertId)];
        return db.Set<Expert>().Where(row => these.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
    }

    /// <summary>How the committees are manned today, and who must soon be renewed or replaced: a new term is agreed before the old one ends.</summary>
    public async Task<Manning> ManningAsync(CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        DateOnly soon = today.AddDays(60);
        IQueryable<Expert> ending = db.Set<Expert>().AsNoTracking().Where(row => row.TermUntil >= today && row.TermUntil <= soon);
        return new Manning(
            await db.Set<Expert>().CountAsync(cancel),
            await db.Set<Expert>().CountAsync(row => row.TermUntil >= today, cancel),
            await ending.CountAsync(cancel),
            await ending.OrderBy(row => row.TermUntil).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel));
    }

    /// <summary>The experts by committee, at most as many as a workbook holds.</summary>
    /// <param name="committee">Null for every committee that the actor sees.</param>
    public Task<List<RosterLine>> RosterAsync(long? committee, CancellationToken cancel = default) => (
        from row in db.Set<Expert>().AsNoTracking()
        join seat in db.Set<Organisation>() on row.OrganisationId equals seat.Id
        join user in db.Set<User>() on row.UserId equals user.Id
        join one in db.Set<Organisation>() on row.EmployerId equals (long?)one.Id into houses
        from house in houses.DefaultIfEmpty()
        where committee == null || row.OrganisationId == committee
        orderby seat.Code, row.Id
        select new RosterLine(row, seat.Code, seat.Path, user.UserName!, house!.Code, house.Name)).Take(ExpertRoster.MostExperts).ToListAsync(cancel);

    /// <summary>The ties of the experts; an expert reads only those of his own.</summary>
    public Task<List<ExpertConflict>> TiesAsync(CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        bool office = db.Actor.Is(AdviceModule.Office);
        return db.Set<ExpertConflict>().AsNoTracking().Where(row => office || db.Set<Expert>().Any(one => one.Id == row.ExpertId && one.UserId == user)).OrderBy(row => row.Id).ToListAsync(cancel);
    }

    public Task<List<Charter>> ChartersAsync(CancellationToken cancel = default) => db.Set<Charter>().AsNoTracking().OrderByDescending(row => row.Ordinal).Take(PageSize).ToListAsync(cancel);

    public Task<List<SessionView>> SessionsAsync(CancellationToken cancel = default) => (
        from row in db.Set<AdviceSession>().AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        orderby row.Day descending, row.Id descending
        select new SessionView(row, file.Stage, file.Version)).Take(PageSize).ToListAsync(cancel);

    /// <summary>Newest first, one page.</summary>
    public Task<List<StudyView>> StudiesAsync(long? before, CancellationToken cancel = default) =>
        StudiesAsync(db.Set<Study>().Where(row => before == null || row.Id < before), PageSize, cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<StudyView> StudyAsync(long id, CancellationToken cancel = default) =>
        await StudiesAsync(db.Set<Study>().Where(row => row.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    public Task<List<Proposal>> ProposalsAsync(long study, CancellationToken cancel = default) =>
        db.Set<Proposal>().AsNoTracking().Where(row => row.StudyId == study).OrderBy(row => row.Id).ToListAsync(cancel);

    public Task<IReadOnlyList<StepLine>> StepsAsync(long file, long organisation, CancellationToken cancel = default) => steps.OfAsync([file], organisation, cancel);

    /// <summary>Name of the city that the unit stands in; its own where it stands in none.</summary>
    public async Task<string> CityOfAsync(Inquiry inquiry, CancellationToken cancel = default)
    {
        Organisation unit = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == inquiry.OrganisationId, cancel);
        long[] above = [.. Organisation.Chain(unit.Path)];
        return await db.Set<Organisation>().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).Select(row => row.Name).FirstOrDefaultAsync(cancel) ?? unit.Name;
    }

    /// <summary>A text that was taken back and written anew rests on another file, which the old assignment is not about.</summary>
    private static IQueryable<long?> MaterialOf(IServiceProvider services, Assignment row) =>
        services.GetRequiredService<PlatformDb>().Set<Inquiry>().Where(one => one.Id == row.InquiryId && one.Round == row.Round).Select(one => one.EvidenceId);

    private Task<List<InquiryView>> ViewAsync(IQueryable<Inquiry> chosen, string? stage, int size, CancellationToken cancel) => (
        from row in chosen.AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
        where stage == null || file.Stage == stage
        orderby row.Id descending
        select new InquiryView(row, unit.Code, unit.Name, file.Stage, file.Version, file.StageSince)).Take(size).ToListAsync(cancel);

    private Task<List<StudyView>> StudiesAsync(IQueryable<Study> chosen, int size, CancellationToken cancel) => (
        from row in chosen.AsNoTracking()
        join file in db.Set<Case>() on row.CaseId equals file.Id
        join committee in db.Set<Organisation>() on row.OrganisationId equals committee.Id
        orderby row.Id descending
        select new StudyView(row, committee.Name, file.Stage, file.Version, file.StageSince)).Take(size).ToListAsync(cancel);
}
