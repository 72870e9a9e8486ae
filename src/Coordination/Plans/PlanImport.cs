using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A row that was not taken.</summary>
internal sealed record RejectedRow(string Sheet, int Row, string Message);

/// <summary>What became of a plan's workbook: taken whole, or not at all.</summary>
/// <param name="Plan">Code of the new plan; null when rows were rejected.</param>
/// <param name="WorkbookUrl">The workbook with the reason beside each rejected row, kept as evidence of the city.</param>
internal sealed record ImportReport(
    string? Plan, int Objectives, int Measures, int Milestones, int Groups, int Indicators, int Targets, IReadOnlyList<RejectedRow> Rejected, string? WorkbookUrl);

/// <summary>Founds a plan from a workbook. One wrong row and nothing of it is taken. Written by the next save.</summary>
internal sealed class PlanImport(
    PlatformDb db, PlanBook book, PlanElements elements, IndicatorBook indicators, TargetBook targets, EvidenceStore evidence, Words words)
{
    /// <param name="content">Seekable.</param>
    /// <exception cref="Refusal">
    /// Those of <see cref="PlanWorkbookReader.Read"/>; <c>plan.file-plan</c>, <c>plan.file-city</c>, <c>access.role</c>
    /// </exception>
    public async Task<ImportReport> TakeAsync(Stream content, CancellationToken cancel = default)
    {
        IReadOnlyList<SheetLine> rows = PlanWorkbookReader.Read(content);
        SheetLine head = rows.Where(row => row.Sheet == PlanWorkbook.Plan).ToList() is [var only] ? only : throw new Refusal("plan.file-plan");
        List<Organisation> seen = await db.Set<Organisation>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancel);
        Organisation city = seen.FirstOrDefault(row => row.Kind == OrganisationKind.City && (row.Code == head["城市"] || row.Name == head["城市"]) && db.Actor.Sees(row.Path))
            ?? throw new Refusal("plan.file-city", 422, head["城市"]);
        elements.RequireOffice(city.Path);
        List<(string Code, string Name)> units = [.. seen.Where(row => row.ClosedOn is null && row.Path.StartsWith(city.Path, StringComparison.Ordinal)).Select(row => (row.Code, row.Name))];
        Dictionary<string, Indicator> known = await db.Set<Indicator>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel);
        string parent = head["上级规划"];
        HashSet<string> above = [.. await db.Set<Measure>().Where(row => row.RemovedOn == null && db.Set<Plan>().Any(plan => plan.Id == row.PlanId && plan.Code == parent))
            .Select(row => row.Code).ToListAsync(cancel)];
        CheckedPlan sent = new PlanCheck(rows, new UnitNames(units), above, known, words).Run(city.Code);
        var reasons = new Dictionary<(string, int), string>(sent.Reasons);
        if (!reasons.ContainsKey((head.Sheet, head.Number)) && await FaultAsync(sent.Text, cancel) is { } fault)
        {
            reasons[(head.Sheet, head.Number)] = fault;
        }

        return reasons.Count == 0 ? await StoreAsync(sent, known, cancel) : await BringBackAsync(city, rows, units, reasons, cancel);
    }

    /// <summary>What is wrong with the plan itself beside the others of the city.</summary>
    private async Task<string?> FaultAsync(PlanText text, CancellationToken cancel)
    {
        try
        {
            await book.RequireHeadAsync(text, cancel);
            return null;
        }
        catch (Refusal refusal) when (refusal.Status == 422)
        {
            return words.Say(refusal);
        }
    }

    private async Task<ImportReport> StoreAsync(CheckedPlan sent, Dictionary<string, Indicator> known, CancellationToken cancel)
    {
        Plan plan = await book.FoundAsync(sent.Text, cancel);
        int added = 0;
        foreach (IndicatorText one in sent.Indicators.Where(one => !known.ContainsKey(one.Code!)))
        {
            known[one.Code!] = await indicators.AddAsync(one, cancel);
            added++;
        }

        Dictionary<string, long> units = await db.Set<Organisation>().ToDictionaryAsync(row => row.Code, row => row.Id, cancel);
        long[] ids = [.. sent.Targets.Select(one => known[one.Indicator].Id).Distinct()];
        Dictionary<(long, long, int), long> now = (await db.Set<Target>().AsNoTracking().Where(row => ids.Contains(row.IndicatorId)).ToListAsync(cancel))
            .GroupBy(row => (row.IndicatorId, row.OrganisationId, row.Period.Code)).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Version)!.Value);
        int set = 0;
        foreach (TargetText one in sent.Targets)
        {
            Indicator indicator = known[one.Indicator];
            long value = IndicatorBook.ToUnits(indicator, one.Value);
            if (now.GetValueOrDefault((indicator.Id, units[one.Unit], one.Period.Code), long.MinValue) != value)
            {
                Target made = await targets.SetAsync(indicator, units[one.Unit], one.Period, value, cancel);
                db.Audit("target.set", new Subject("target", made.Id), made.OrganisationId, made.Id, null, $"{indicator.Code} {one.Period} {value}");
                set++;
            }
        }

        return new ImportReport(plan.Code, sent.Text.Objectives!.Count, sent.Text.Measures!.Count, sent.Text.Milestones!.Count, sent.Text.Groups!.Count, added, set, [], null);
    }

    private async Task<ImportReport> BringBackAsync(
        Organisation city, IReadOnlyList<SheetLine> rows, List<(string Code, string Name)> units, Dictionary<(string Sheet, int Number), string> reasons, CancellationToken cancel)
    {
        await using MemoryStream file = await PlanWorkbookWriter.WriteAsync(rows, units, reasons, cancel);
        EvidenceFile kept = await evidence.AddAsync(city.Id, $"{city.Name}-plan-rejected.xlsx", file, cancel: cancel);
        return new ImportReport(null, 0, 0, 0, 0, 0, 0,
            [.. rows.Where(row => reasons.ContainsKey((row.Sheet, row.Number))).Select(row => new RejectedRow(row.Sheet, row.Number, reasons[(row.Sheet, row.Number)]))],
            string.Create(CultureInfo.InvariantCulture, $"/api/evidence/{kept.Id}"));
    }
}
