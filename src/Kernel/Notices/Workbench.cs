using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Notices;

/// <summary>A case of the actor's own organisations that stands with somebody else.</summary>
/// <param name="Stage">Key of the words that say where it stands, <c>stage.{procedure}.{stage}</c>.</param>
/// <param name="Holders">Roles whose turn it is.</param>
public sealed record WaitingItem(
    string Stage, string Title, string Organisation, string Href, IReadOnlyList<string> Holders, DateTimeOffset Since, DateOnly? DueOn, bool Provisional);

/// <summary>
/// What waits for the actor and what the actor waits for, from the cases of every procedure and from each
/// <see cref="IWorkSource"/>.
/// </summary>
public sealed class Workbench(PlatformDb db, Catalogue catalogue, CalendarBook calendars, IEnumerable<IWorkSource> sources, IEnumerable<ICaseDue> dues, IEnumerable<ICaseShare> shares)
{
    /// <summary>So many cases of one procedure are looked at; the oldest come first.</summary>
    private const int MostCases = 500;

    /// <summary>The cases where it is the actor's turn and the mechanisms' own items, by due date; what has none comes last.</summary>
    public async Task<IReadOnlyList<WorkItem>> MineAsync(CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        var cases = new List<(long Id, WorkItem Item)>();
        IQueryable<Case> own = await shares.OfActorAsync(db, db.Set<Case>(), file => file.Id, cancel);
        foreach (Procedure procedure in catalogue.Procedures)
        {
            Transition[] turns = [.. procedure.Transitions.Where(move => !move.GoesBack && !move.Automatic && db.Actor.Is(move.Role))];
            string[] stages = [.. turns.Select(move => move.From).Distinct()];
            if (stages.Length == 0)
            {
                continue;
            }

            foreach (Standing standing in await StandingAsync(own.Where(file => file.Procedure == procedure.Code && stages.Contains(file.Stage)), cancel))
            {
                if (turns.Any(move => move.From == standing.Stage && db.Actor.May(move.Role, move.Seat, standing.Path) is not null))
                {
                    (DateOnly? due, bool provisional) = DueOf(procedure, standing, calendar);
                    cases.Add((standing.Id, new WorkItem($"work.{procedure.Code}.{standing.Stage}", standing.Title, standing.Organisation,
                        $"/cases/{standing.Id}", due, provisional, standing.Since)));
                }
            }
        }

        IReadOnlyDictionary<long, DueDate> known = await KnownAsync([.. cases.Where(one => one.Item.DueOn is null).Select(one => one.Id)], cancel);
        List<WorkItem> items = cases.ConvertAll(one => known.TryGetValue(one.Id, out DueDate due) ? one.Item with { DueOn = due.DueOn, Provisional = due.Provisional } : one.Item);
        foreach (IWorkSource source in sources)
        {
            items.AddRange(await source.ListAsync(cancel));
        }

        return [.. items.OrderBy(item => item.DueOn ?? DateOnly.MaxValue).ThenBy(item => item.Since ?? DateTimeOffset.MaxValue)];
    }

    /// <summary>Cases of the organisations where the actor holds a role, which others must move on; the longest waiting first.</summary>
    public async Task<IReadOnlyList<WaitingItem>> ElsewhereAsync(CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        long[] own = [.. db.Actor.Grants.Select(grant => grant.OrganisationId).Distinct()];
        var items = new List<WaitingItem>();
        foreach (Procedure procedure in catalogue.Procedures)
        {
            string[] ended = [.. procedure.FinalStages];
            foreach (Standing standing in await StandingAsync(
                db.Set<Case>().Where(file => file.Procedure == procedure.Code && own.Contains(file.OrganisationId) && !ended.Contains(file.Stage)), cancel))
            {
                Transition[] turns = [.. procedure.From(standing.Stage).Where(move => !move.GoesBack && !move.Automatic)];
                if (turns.Length == 0 || turns.Any(move => db.Actor.May(move.Role, move.Seat, standing.Path) is not null))
                {
                    continue;
                }

                (DateOnly? due, bool provisional) = DueOf(procedure, standing, calendar);
                items.Add(new WaitingItem($"stage.{procedure.Code}.{standing.Stage}", standing.Title, standing.Organisation, $"/cases/{standing.Id}",
                    [.. turns.Select(move => move.Role).Distinct()], standing.Since, due, provisional));
            }
        }

        return [.. items.OrderBy(item => item.Since)];
    }

    /// <summary>The nearest running clock of cases whose table has no limit, or what a mechanism's own data says about them.</summary>
    private async Task<IReadOnlyDictionary<long, DueDate>> KnownAsync(long[] cases, CancellationToken cancel)
    {
        Dictionary<long, DueDate> known = (await db.Set<CaseClock>().AsNoTracking()
            .Where(row => cases.Contains(row.CaseId) && row.State == DeadlineEvent.Started && row.DueOn != null)
            .Select(row => new { row.CaseId, row.DueOn, row.Provisional }).ToListAsync(cancel))
            .GroupBy(row => row.CaseId).ToDictionary(file => file.Key, file => file.Select(row => new DueDate(row.DueOn!.Value, row.Provisional)).MinBy(due => due.DueOn));
        foreach (ICaseDue mechanism in cases.Length == 0 ? [] : dues)
        {
            foreach ((long id, DueDate due) in await mechanism.OfAsync(cases, cancel))
            {
                known[id] = due;
            }
        }

        return known;
    }

    /// <summary>The limit of the move that led here, counted from the day of that move; none while the clock stands still.</summary>
    private static (DateOnly? DueOn, bool Provisional) DueOf(Procedure procedure, Standing standing, WorkCalendar calendar)
    {
        Transition? entry = procedure.Transitions.FirstOrDefault(move => move.To == standing.Stage && move.Action == standing.Action);
        if (entry is not { StopsClock: false, Limit: { } limit })
        {
            return (null, false);
        }

        DueDate due = calendar.AddWorkdays(standing.Since.LegalDay(), limit.Workdays);
        return (due.DueOn, due.Provisional);
    }

    private Task<List<Standing>> StandingAsync(IQueryable<Case> files, CancellationToken cancel) => (
        from file in files.AsNoTracking()
        join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
        join step in db.Set<CaseStep>() on file.Version equals step.Id
        orderby file.StageSince
        select new Standing(file.Id, file.Stage, step.Action, file.Title, organisation.Name, organisation.Path, file.StageSince)).Take(MostCases).ToListAsync(cancel);

    private sealed record Standing(long Id, string Stage, string Action, string Title, string Organisation, string Path, DateTimeOffset Since);
}
