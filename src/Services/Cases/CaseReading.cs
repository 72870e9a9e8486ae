using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>How a case stands: the card is on the promise, the breach on the law.</summary>
internal enum CaseState
{
    /// <summary>Not accepted yet.</summary>
    Waiting,

    /// <summary>Waits for the applicant's corrections.</summary>
    Correcting,
    Ok,

    /// <summary>Two working days or fewer are left of the promise (yellow card).</summary>
    Near,

    /// <summary>The promise is broken (red card).</summary>
    Late,

    /// <summary>The law is broken.</summary>
    Breach,

    /// <summary>A special procedure runs; the clocks stand still.</summary>
    Held,
    Done,
}

/// <summary>A case as its parties see it.</summary>
/// <param name="Remaining">Working days left of the clock that counts now; negative by as many as it is overdue; null when none counts.</param>
internal sealed record ServiceView(
    ServiceCase Service, string Stage, long Version, DateTimeOffset Since, IReadOnlyDictionary<string, CaseTime> Clocks, CaseState State, int? Remaining, DateOnly? DueOn, bool Provisional, string KeeperName)
{
    public string Number => FileCase.NumberOf(Service);

    public LightKind Light => State switch
    {
        CaseState.Ok => LightKind.Ok,
        CaseState.Near => LightKind.Due,
        CaseState.Late or CaseState.Breach => LightKind.Late,
        CaseState.Held => LightKind.Hold,
        CaseState.Done => LightKind.Done,
        _ => LightKind.None,
    };

    public string LightWord(Words words) => words.Say($"cases.state.{State.ToString().ToLowerInvariant()}");

    public string Left(Words words) => Remaining switch
    {
        null => "",
        < 0 => words.Say("cases.over", -Remaining.Value),
        0 => words.Say("cases.today"),
        _ => words.Say("cases.left", Remaining.Value),
    };
}

/// <param name="Open">Only those that still move.</param>
/// <param name="Mine">Only those whose keeper the actor is.</param>
/// <param name="Before">Keyset: the id of the last line of the page before.</param>
internal sealed record CaseFilter(string? Stage = null, bool Open = false, bool Mine = false, long? Before = null);

/// <summary>Reads cases within the actor's scope, and within it those that are the actor's.</summary>
internal sealed class CaseReading(PlatformDb db, ClockDesk clocks, CalendarBook calendars, StepReading steps, ListReading lists, TimeProvider clock)
{
    public const int PageSize = 50;

    private const int NearDays = 2;

    /// <summary>Newest first, one page.</summary>
    public Task<IReadOnlyList<ServiceView>> PageAsync(CaseFilter filter, CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        string[] ended = [.. CaseProcedure.Table.FinalStages];
        return ViewAsync(rows => rows.Where(row => (filter.Before == null || row.Service.Id < filter.Before) && (filter.Stage == null || row.File.Stage == filter.Stage)
            && (!filter.Open || !ended.Contains(row.File.Stage)) && (!filter.Mine || row.Service.Keeper == user)), PageSize, cancel);
    }

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<ServiceView> FindAsync(long id, CancellationToken cancel = default) =>
        await ViewAsync(rows => rows.Where(row => row.Service.Id == id), 1, cancel) is [var view] ? view : throw Refusal.NotFound();

    /// <summary>How many of the actor's own cases that still move stand how: counted where they lie, all of them.</summary>
    public async Task<IReadOnlyDictionary<CaseState, int>> CountsAsync(CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        DateOnly near = (await calendars.CurrentAsync(cancel)).AddWorkdays(today, NearDays).DueOn;
        string[] ended = [.. CaseProcedure.Table.FinalStages];
        var found = await (
            from service in await CaseSight.OwnAsync(db, cancel)
            join file in db.Set<Case>() on service.CaseId equals file.Id
            where !ended.Contains(file.Stage)
            from law in db.Set<CaseClock>().Where(time => time.CaseId == file.Id && time.Name == CaseProcedure.StatutoryClock).DefaultIfEmpty()
            from promise in db.Set<CaseClock>().Where(time => time.CaseId == file.Id && time.Name == CaseProcedure.PromisedClock).DefaultIfEmpty()
            select new
            {
                file.Stage,
                // A clock that stands still is overdue when it was overspent before; see CaseTime.
                Breach = law != null && (law.State == DeadlineEvent.Ended ? law.Late : law.DueOn != null ? law.DueOn < today : law.LeftDays < 0),
                Late = promise != null && (promise.State == DeadlineEvent.Ended ? promise.Late : promise.DueOn != null ? promise.DueOn < today : promise.LeftDays < 0),
                Near = promise != null && promise.DueOn != null && promise.DueOn <= near,
            })
            .GroupBy(row => new { row.Stage, row.Breach, row.Late, row.Near }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        return found.GroupBy(row => StateOf(row.Key.Stage, row.Key.Breach, row.Key.Late, row.Key.Near)).ToDictionary(state => state.Key, state => state.Sum(row => row.Count));
    }

    /// <summary>Of the actor's own cases in these stages the one that is due first.</summary>
    /// <param name="keeper">Only what nobody or this user keeps; null for all.</param>
    public async Task<ServiceView?> NextAsync(IReadOnlyCollection<string> stages, long? keeper, CancellationToken cancel = default)
    {
        long first = await (
            from service in await CaseSight.OwnAsync(db, cancel)
            join file in db.Set<Case>() on service.CaseId equals file.Id
            where stages.Contains(file.Stage) && (keeper == null || service.Keeper == null || service.Keeper == keeper)
            select new
            {
                service.Id,
                Due = db.Set<CaseClock>().Where(time => time.CaseId == file.Id && time.Name == (
                    file.Stage == CaseProcedure.Received ? CaseProcedure.CorrectionClock
                    : file.Stage == CaseProcedure.CorrectionAsked ? CaseProcedure.CorrectClock
                    : file.Stage == CaseProcedure.Granted || file.Stage == CaseProcedure.Refused ? CaseProcedure.DeliverClock
                    : CaseProcedure.PromisedClock)).Select(time => time.DueOn).FirstOrDefault(),
            })
            .OrderBy(row => row.Due == null ? 1 : 0).ThenBy(row => row.Due).ThenBy(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancel);
        return first == 0 ? null : await FindAsync(first, cancel);
    }

    /// <summary>Cases by id, for figures that open to them; those that are not the actor's are left out.</summary>
    public Task<IReadOnlyList<ServiceView>> TheseAsync(IReadOnlyCollection<long> ids, CancellationToken cancel = default) =>
        ViewAsync(rows => rows.Where(row => ids.Contains(row.Service.Id)), int.MaxValue, cancel);

    public async Task<EntryView> ItemAsync(ServiceView view, CancellationToken cancel = default) => (await lists.VersionsAsync([view.Service.VersionId], cancel))[view.Service.VersionId];

    public async Task<IReadOnlyList<CaseMaterial>> MaterialsAsync(long id, CancellationToken cancel = default) =>
        await db.Set<CaseMaterial>().AsNoTracking().Where(row => row.ServiceCaseId == id).OrderBy(row => row.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<CaseOpinion>> OpinionsAsync(long id, CancellationToken cancel = default) =>
        await db.Set<CaseOpinion>().AsNoTracking().Where(row => row.ServiceCaseId == id).OrderBy(row => row.DepartmentId).ToListAsync(cancel);

    public async Task<IReadOnlyList<(CaseHandOver Offer, string From, string To)>> HandOversAsync(long id, CancellationToken cancel = default)
    {
        List<CaseHandOver> offers = await db.Set<CaseHandOver>().AsNoTracking().Where(row => row.ServiceCaseId == id).OrderBy(row => row.Id).ToListAsync(cancel);
        Dictionary<long, string> names = await NamesAsync([.. offers.SelectMany(row => new[] { row.FromUser, row.ToUser }).Distinct()], cancel);
        return [.. offers.Select(row => (row, names.GetValueOrDefault(row.FromUser, ""), names.GetValueOrDefault(row.ToUser, "")))];
    }

    public Task<IReadOnlyList<StepLine>> StepsAsync(ServiceView view, CancellationToken cancel = default) =>
        steps.OfAsync([view.Service.CaseId], view.Service.OrganisationId, cancel);

    private async Task<Dictionary<long, string>> NamesAsync(IReadOnlyCollection<long> users, CancellationToken cancel) => users.Count == 0
        ? []
        : await db.Set<User>().Where(row => users.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancel);

    private async Task<IReadOnlyList<ServiceView>> ViewAsync(Func<IQueryable<Joined>, IQueryable<Joined>> chosen, int size, CancellationToken cancel)
    {
        IQueryable<Joined> rows =
            from service in (await CaseSight.SeenAsync(db, cancel)).AsNoTracking()
            join file in db.Set<Case>() on service.CaseId equals file.Id
            select new Joined { Service = service, File = file };
        var found = await chosen(rows).OrderByDescending(row => row.Service.Id).Take(size)
            .Select(row => new { row.Service, row.File.Stage, row.File.Version, row.File.StageSince }).ToListAsync(cancel);
        IReadOnlyDictionary<(long Case, string Name), CaseTime> times = await clocks.OfAsync([.. found.Select(row => row.Service.CaseId)], cancel);
        ILookup<long, (string Name, CaseTime Time)> byCase = times.ToLookup(pair => pair.Key.Case, pair => (pair.Key.Name, pair.Value));
        Dictionary<long, string> names = await NamesAsync([.. found.Select(row => row.Service.Keeper).OfType<long>().Distinct()], cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        return
        [
            .. from row in found
               let own = byCase[row.Service.CaseId].ToDictionary(one => one.Name, one => one.Time)
               let counting = Counting(row.Stage, own)
               select new ServiceView(row.Service, row.Stage, row.Version, row.StageSince, own, StateOf(row.Stage, own, calendar, today), counting?.Remaining(calendar, today),
                   counting?.Clock.DueOn, counting?.Clock.Provisional ?? false, row.Service.Keeper is { } keeper ? names.GetValueOrDefault(keeper, "") : ""),
        ];
    }

    /// <summary>The clock by which the case must move on from the stage.</summary>
    private static CaseTime? Counting(string stage, Dictionary<string, CaseTime> own) => stage switch
    {
        CaseProcedure.Received => own.GetValueOrDefault(CaseProcedure.CorrectionClock),
        CaseProcedure.CorrectionAsked => own.GetValueOrDefault(CaseProcedure.CorrectClock),
        CaseProcedure.Accepted or CaseProcedure.Special or CaseProcedure.Examined => own.GetValueOrDefault(CaseProcedure.PromisedClock),
        CaseProcedure.Granted or CaseProcedure.Refused => own.GetValueOrDefault(CaseProcedure.DeliverClock),
        _ => null,
    };

    private static CaseState StateOf(string stage, Dictionary<string, CaseTime> own, WorkCalendar calendar, DateOnly today) =>
        own.TryGetValue(CaseProcedure.StatutoryClock, out CaseTime? law) && own.TryGetValue(CaseProcedure.PromisedClock, out CaseTime? promise)
            ? StateOf(stage, law.IsOverdue(calendar, today), promise.IsOverdue(calendar, today), promise.Remaining(calendar, today) <= NearDays)
            : StateOf(stage, false, false, false);

    private static CaseState StateOf(string stage, bool breach, bool late, bool near) => stage switch
    {
        CaseProcedure.Granted or CaseProcedure.Refused => CaseState.Done,
        _ when CaseProcedure.Table.FinalStages.Contains(stage) => CaseState.Done,
        CaseProcedure.Received => CaseState.Waiting,
        CaseProcedure.CorrectionAsked => CaseState.Correcting,
        _ when breach => CaseState.Breach,
        _ when late => CaseState.Late,
        CaseProcedure.Special => CaseState.Held,
        _ => near ? CaseState.Near : CaseState.Ok,
    };

    private sealed class Joined
    {
        public required ServiceCase Service { get; init; }

        public required Case File { get; init; }
    }
}
