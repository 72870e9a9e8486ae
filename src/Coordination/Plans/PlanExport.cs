using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>Writes a plan as a workbook, whole or as the draft of a year's plan under it.</summary>
internal sealed class PlanExport(PlatformDb db, GroupBook groups, Words words)
{
    public async Task<MemoryStream> WriteAsync(Plan plan, int? year, CancellationToken cancel = default)
    {
        List<SheetLine> rows = year is { } one ? await YearAsync(plan, one, cancel) : await WholeAsync(plan, cancel);
        return await PlanWorkbookWriter.WriteAsync(rows, await UnitsAsync(plan, cancel), null, cancel);
    }

    /// <summary>The units of the plan's city that the actor sees.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> UnitsAsync(Plan plan, CancellationToken cancel = default)
    {
        string? path = await db.Set<Organisation>().Where(row => row.Id == plan.CityId).Select(row => row.Path).FirstOrDefaultAsync(cancel);
        return (await db.Set<Organisation>().AsNoTracking().Where(row => row.ClosedOn == null).OrderBy(row => row.Id).ToListAsync(cancel))
            .Where(row => path is not null && row.Path.StartsWith(path, StringComparison.Ordinal)).Select(row => (row.Code, row.Name)).ToList();
    }

    /// <summary>A year's measures and milestones as a plan of its own under this one, to be edited and imported.</summary>
    /// <exception cref="Refusal"><c>plan.year</c></exception>
    private async Task<List<SheetLine>> YearAsync(Plan plan, int year, CancellationToken cancel)
    {
        Period first = new(PeriodKind.Quarter, year, 1), last = new(PeriodKind.Quarter, year, 4);
        first = first < plan.FirstQuarter ? plan.FirstQuarter : first;
        last = last > plan.LastQuarter ? plan.LastQuarter : last;
        if (last < first || plan.ParentId is not null)
        {
            throw new Refusal("plan.year", 422, year);
        }

        List<SheetLine> whole = await ElementsAsync(plan, cancel);
        SheetLine[] milestones = [.. whole.Where(row => row.Sheet == PlanWorkbook.Milestones && Period.TryParse(row["季度"], out Period quarter) && quarter.Year == year)];
        SheetLine[] measures = [.. whole.Where(row => row.Sheet == PlanWorkbook.Measures && milestones.Any(one => one["任务"] == row["编号"]))];
        return
        [
            Row(PlanWorkbook.Plan, $"{plan.Code}-{year}", words.Say("plans.year-name", plan.Name, year.ToString(CultureInfo.InvariantCulture)), "",
                whole[0]["城市"], PlanWorkbook.Kinds["annual"], plan.Code, first.ToString(), last.ToString()),
            .. whole.Where(row => row.Sheet == PlanWorkbook.Objectives && measures.Any(one => one["目标"] == row["编号"])),
            .. measures.Select(row => row with { Cells = new Dictionary<string, string>(row.Cells) { ["承接任务"] = row["编号"] } }),
            .. milestones,
        ];
    }

    private async Task<List<SheetLine>> WholeAsync(Plan plan, CancellationToken cancel)
    {
        List<SheetLine> rows = await ElementsAsync(plan, cancel);
        foreach (GroupState group in await groups.ListAsync(plan.Id, cancel))
        {
            rows.Add(Row(PlanWorkbook.Groups, group.Row.Code, PlanWorkbook.WordOf(PlanWorkbook.GroupKinds, group.Row.Kind), group.Row.Name, group.Row.HostName,
                string.Join(PlanWorkbook.Comma, group.Members.Select(member => member.UnitName)), group.Row.Person, group.Row.Phone));
        }

        rows.AddRange((await groups.ContactsAsync(plan.Id, cancel)).Values.OrderBy(row => row.Id)
            .Select(row => Row(PlanWorkbook.Contacts, row.UnitName, row.Person, row.Phone)));
        rows.AddRange(await IndicatorsAsync(plan, cancel));
        return rows;
    }

    private async Task<List<SheetLine>> ElementsAsync(Plan plan, CancellationToken cancel)
    {
        string? parent = await db.Set<Plan>().Where(row => row.Id == plan.ParentId).Select(row => row.Code).FirstOrDefaultAsync(cancel);
        string city = await db.Set<Organisation>().Where(row => row.Id == plan.CityId).Select(row => row.Name).FirstOrDefaultAsync(cancel) ?? "";
        List<Objective> objectives = await db.Set<Objective>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).OrderBy(row => row.Id).ToListAsync(cancel);
        List<Measure> measures = await db.Set<Measure>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).OrderBy(row => row.Id).ToListAsync(cancel);
        long[] carried = [.. measures.Select(row => row.CarriesId).OfType<long>()];
        Dictionary<long, string> above = await db.Set<Measure>().Where(row => carried.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Code, cancel);
        List<Milestone> milestones = await db.Set<Milestone>().AsNoTracking()
            .Where(row => row.PlanId == plan.Id && row.RemovedOn == null).OrderBy(row => row.Id).ToListAsync(cancel);
        Dictionary<long, string> objectiveCodes = objectives.ToDictionary(row => row.Id, row => row.Code);
        Dictionary<long, string> measureCodes = measures.ToDictionary(row => row.Id, row => row.Code);
        return
        [
            Row(PlanWorkbook.Plan, plan.Code, plan.Name, plan.DocumentNumber, city, PlanWorkbook.WordOf(PlanWorkbook.Kinds, plan.Kind), parent ?? "",
                plan.FirstQuarter.ToString(), plan.LastQuarter.ToString()),
            .. objectives.Select(row => Row(PlanWorkbook.Objectives, row.Code, PlanWorkbook.WordOf(PlanWorkbook.Chapters, row.Chapter), row.Section, row.Title, Number(row.Weight))),
            .. measures.Select(row => Row(PlanWorkbook.Measures, row.Code, objectiveCodes.GetValueOrDefault(row.ObjectiveId, ""), row.Section, row.Title, row.Text,
                row.LeadName, row.SupportNames, PlanWorkbook.WordOf(PlanWorkbook.Benefits, row.Benefit), PlanWorkbook.WordOf(PlanWorkbook.Kinds, row.Kind),
                Number(row.Weight), row.CarriesId is { } id ? above[id] : "")),
            .. milestones.Where(row => measureCodes.ContainsKey(row.MeasureId))
                .Select(row => Row(PlanWorkbook.Milestones, row.Code, measureCodes[row.MeasureId], row.Quarter.ToString(), row.Title, Number(row.Weight))),
        ];
    }

    /// <summary>The indicators that units of the city answer for, with the targets in force that the actor sees.</summary>
    private async Task<List<SheetLine>> IndicatorsAsync(Plan plan, CancellationToken cancel)
    {
        Dictionary<string, string> units = (await UnitsAsync(plan, cancel)).ToDictionary(one => one.Code, one => one.Name);
        Dictionary<long, Organisation> seen = (await db.Set<Organisation>().AsNoTracking().ToListAsync(cancel)).Where(row => units.ContainsKey(row.Code)).ToDictionary(row => row.Id);
        List<Indicator> indicators = [.. (await db.Set<Indicator>().AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancel))
            .Where(row => row.OwnerId is { } owner && seen.ContainsKey(owner))];
        Dictionary<long, Indicator> byId = indicators.ToDictionary(row => row.Id);
        long[] ids = [.. byId.Keys];
        List<Target> targets = await db.Set<Target>().AsNoTracking().Where(row => ids.Contains(row.IndicatorId)).ToListAsync(cancel);
        return
        [
            .. indicators.Select(row => Row(PlanWorkbook.Indicators, row.Code, row.Name, row.Unit, Number(row.Decimals),
                PlanWorkbook.WordOf(PlanWorkbook.Aggregations, row.Aggregation), PlanWorkbook.WordOf(PlanWorkbook.Directions, row.Direction),
                PlanWorkbook.WordOf(PlanWorkbook.Frequencies, IndicatorBook.FrequencyWord(row.Frequency)), PlanWorkbook.WordOf(PlanWorkbook.Purposes, row.Purpose),
                row.Area ?? "", seen[row.OwnerId!.Value].Name, row.Explanation)),
            .. targets.Where(row => seen.ContainsKey(row.OrganisationId)).GroupBy(row => (row.IndicatorId, row.OrganisationId, row.Period))
                .Select(group => group.MaxBy(row => row.Version)!).OrderBy(row => byId[row.IndicatorId].Code, StringComparer.Ordinal).ThenBy(row => row.OrganisationId).ThenBy(row => row.Period.Code)
                .Select(row => Row(PlanWorkbook.Targets, byId[row.IndicatorId].Code, seen[row.OrganisationId].Name, row.Period.ToString(),
                    Quantity.FromUnits(row.Value, byId[row.IndicatorId].Decimals).ToString(CultureInfo.InvariantCulture))),
        ];
    }

    private static SheetLine Row(string sheet, params string[] cells) =>
        new(sheet, 0, PlanWorkbook.Sheet(sheet).Heads.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
