using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Counts a plan for its evaluation as it stands now, and drafts the first findings from the figures.</summary>
internal sealed class EvaluationCount(
    PlatformDb db, PlanTree tree, ProblemDesk problems, TargetBook targets, ObservationReading reading, Words words, TimeProvider clock)
{
    /// <summary>
    /// So many quarters are looked back. One that is under review has only part of its figures approved, so the quarter with the most of them
    /// counts, and of two the newer.
    /// </summary>
    private const int LookBack = 4;

    private const int MostLate = 20;

    public async Task<EvaluationFigures> CountAsync(Plan plan, CancellationToken cancel = default)
    {
        PlanState state = await tree.ReadAsync(plan, cancel);
        MeasureState[] measures = [.. state.Measures];
        Milestone[] milestones = [.. measures.SelectMany(one => one.Milestones)];
        IReadOnlyList<ProblemView> raised = await problems.ListAsync(plan.Id, null, cancel);
        return new EvaluationFigures(
            state.Progress.Share, state.Path, measures.Length, measures.Count(one => one.Light == LightKind.Done),
            measures.Count(one => one.Light == LightKind.Late), milestones.Length, milestones.Count(one => one.DueOn < state.Today),
            milestones.Count(one => one.ConfirmedOn is not null),
            await db.Set<CarryOver>().Where(row => row.PlanId == plan.Id).Select(row => row.MilestoneId).Distinct().CountAsync(cancel),
            await db.Set<PlanRevision>().CountAsync(row => row.PlanId == plan.Id && row.Reason != null, cancel),
            raised.Count, raised.Count(one => one.Stage == ProblemProcedure.Closed),
            [.. state.Objectives.Select(one => new ObjectiveFigures(one.Row.Chapter, one.Row.Title, one.Measures.Count, one.Progress.Share, one.Path))],
            [
                .. measures.Where(one => one.Light == LightKind.Late).OrderBy(one => one.Progress.Share - one.Path).Take(MostLate)
                    .Select(one => new LateFigures(one.Row.Code, one.Row.Title, one.Row.LeadName, one.Progress.Share, one.Path)),
            ],
            await IndicatorsAsync(plan, cancel));
    }

    /// <summary>A first text in plain sentences; the office rewrites it.</summary>
    public string Findings(EvaluationFigures counted)
    {
        if (counted.Progress >= counted.Path)
        {
            return words.Say("evaluation.finding-even");
        }

        string first = words.Say("evaluation.finding-behind", Progress.Percent(counted.Progress), Progress.Percent(counted.Path), counted.Late);
        return counted.Objectives.MinBy(one => one.Progress - one.Path) is { } worst
            ? $"{first}\n{words.Say("evaluation.finding-worst", worst.Title, Progress.Percent(worst.Progress), Progress.Percent(worst.Path))}"
            : first;
    }

    private async Task<IReadOnlyList<IndicatorFigures>> IndicatorsAsync(Plan plan, CancellationToken cancel)
    {
        Organisation city = await db.Set<Organisation>().AsNoTracking().SingleAsync(row => row.Id == plan.CityId, cancel);
        List<Indicator> all = await db.Set<Indicator>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel);
        DateTimeOffset now = clock.Instant();
        var best = (Inputs: 0, Figures: (IReadOnlyList<IndicatorFigures>)[]);
        Period quarter = Period.Of(PeriodKind.Quarter, clock.Today());
        for (int back = 0; back < LookBack; back++)
        {
            quarter = quarter.Previous();
            var aimed = await targets.InForceAsync([.. all.Select(row => row.Id)], [city.Id], quarter, now, cancel);
            Indicator[] shown = [.. all.Where(row => aimed.ContainsKey((row.Id, city.Id)))];
            IReadOnlyDictionary<long, UnitValue> values = await reading.UnitAsync(city, shown, quarter, now, cancel);
            int inputs = values.Values.Sum(value => value.Inputs.Count);
            if (inputs > best.Inputs)
            {
                best = (inputs, [.. shown.Select(row => Figure(row, quarter, aimed[(row.Id, city.Id)].Value, values[row.Id].Value))]);
            }
        }

        return best.Figures;
    }

    private static IndicatorFigures Figure(Indicator indicator, Period quarter, long target, long? value) => new(
        indicator.Name, indicator.Unit, quarter.ToString(), Number(target, indicator.Decimals), value is { } known ? Number(known, indicator.Decimals) : "—",
        value is { } reached ? indicator.Direction == Direction.Up ? reached >= target : reached <= target : null);

    private static string Number(long units, int decimals) =>
        Quantity.FromUnits(units, decimals).ToString($"N{decimals}", CultureInfo.InvariantCulture);
}
