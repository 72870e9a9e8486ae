using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A measure as it stands on a day.</summary>
/// <param name="Path">The share that should be confirmed by now.</param>
/// <param name="Days">Working days overdue or left; null where the light counts none.</param>
/// <param name="Mine">True when the reader's unit leads or supports it.</param>
internal sealed record MeasureState(
    Measure Row, IReadOnlyList<Milestone> Milestones, Progress Progress, decimal Path, LightKind Light, int? Days, bool Mine);

internal sealed record ObjectiveState(Objective Row, IReadOnlyList<MeasureState> Measures, Progress Progress, decimal Path);

internal sealed record PlanState(Plan Row, IReadOnlyList<ObjectiveState> Objectives, Progress Progress, decimal Path, DateOnly Today)
{
    public IEnumerable<MeasureState> Measures => Objectives.SelectMany(objective => objective.Measures);
}

/// <summary>Reads a plan from its objectives down to its milestones, with progress and lights as of today.</summary>
internal sealed class PlanTree(PlatformDb db, CalendarBook calendars, TimeProvider clock)
{
    /// <summary>A milestone is near when so few working days are left.</summary>
    public const int DueSoonWorkdays = 10;

    public async Task<PlanState> ReadAsync(Plan plan, CancellationToken cancel = default)
    {
        List<Objective> objectives = await db.Set<Objective>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).OrderBy(row => row.Id).ToListAsync(cancel);
        List<Measure> measures = await db.Set<Measure>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).OrderBy(row => row.Code).ToListAsync(cancel);
        ILookup<long, Milestone> milestones = (await db.Set<Milestone>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).ToListAsync(cancel))
            .OrderBy(row => row.Quarter).ThenBy(row => row.Code, StringComparer.Ordinal).ToLookup(row => row.MeasureId);
        HashSet<long> mine = await MineAsync(cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        ILookup<long, MeasureState> states = measures
            .Select(row => State(row, [.. milestones[row.Id]], calendar, today, mine.Contains(row.Id)))
            .ToLookup(state => state.Row.ObjectiveId);
        List<ObjectiveState> tree =
        [
            .. objectives.Select(row => new ObjectiveState(row, [.. states[row.Id]],
                Progress.OfParts([.. states[row.Id].Select(state => (state.Row.Code, state.Row.Weight, state.Progress.Share))]),
                Mean([.. states[row.Id].Select(state => (state.Row.Weight, state.Path))]))),
        ];
        return new PlanState(plan, tree,
            Progress.OfParts([.. tree.Select(state => (state.Row.Code, state.Row.Weight, state.Progress.Share))]),
            Mean([.. tree.Select(state => (state.Row.Weight, state.Path))]), today);
    }

    /// <summary>How a measure stands: late before due before in time; finished when nothing is left.</summary>
    public static MeasureState State(Measure row, IReadOnlyList<Milestone> milestones, WorkCalendar calendar, DateOnly today, bool mine)
    {
        Progress progress = Progress.OfMilestones([.. milestones.Select(one => (one.Weight, one.ConfirmedOn is not null))]);
        decimal path = Progress.Path([.. milestones.Select(one => (one.Weight, one.DueOn))], today);
        Milestone[] open = [.. milestones.Where(one => one.ReportedOn is null && one.ConfirmedOn is null)];
        Milestone? first = open.MinBy(one => one.DueOn);
        (LightKind light, int? days) = first switch
        {
            null when milestones.Count == 0 => (LightKind.None, (int?)null),
            null => milestones.All(one => one.ConfirmedOn is not null) ? (LightKind.Done, null) : (LightKind.Ok, null),
            _ when first.DueOn < today => (LightKind.Late, calendar.WorkdaysBetween(first.DueOn, today)),
            _ when open.Any(one => one.CaseId is not null) => (LightKind.Due, null),
            _ when calendar.WorkdaysBetween(today, first.DueOn) is var left and <= DueSoonWorkdays => (LightKind.Due, left),
            _ => (LightKind.Ok, null),
        };
        return new MeasureState(row, milestones, progress, path, light, days, mine);
    }

    /// <summary>The measures in which a unit of the actor's own has a part now.</summary>
    private async Task<HashSet<long>> MineAsync(CancellationToken cancel)
    {
        long[] units = [.. db.Actor.Grants.Select(grant => grant.OrganisationId).Distinct()];
        return [.. await db.Set<Duty>().Where(row => units.Contains(row.OrganisationId) && row.EndedOn == null).Select(row => row.MeasureId).ToListAsync(cancel)];
    }

    private static decimal Mean(IReadOnlyCollection<(int Weight, decimal Share)> parts)
    {
        long whole = parts.Sum(part => (long)part.Weight);
        return whole == 0 ? 0m : parts.Sum(part => part.Weight * part.Share) / whole;
    }
}
