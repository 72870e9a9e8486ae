using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Plans;

/// <summary>A target as a row states it.</summary>
internal sealed record TargetText(string Indicator, string Unit, Period Period, decimal Value);

/// <summary>What a workbook says, as far as it can be read, and what is wrong with it by row.</summary>
internal sealed record CheckedPlan(
    PlanText Text, IReadOnlyList<IndicatorText> Indicators, IReadOnlyList<TargetText> Targets, IReadOnlyDictionary<(string Sheet, int Number), string> Reasons);

/// <summary>Checks every row of a plan's workbook against the others and against what the platform knows. Pure: it reads and writes nothing.</summary>
/// <param name="above">Codes of the measures of the plan above.</param>
/// <param name="known">The indicators of the platform.</param>
internal sealed class PlanCheck(IReadOnlyList<SheetLine> rows, UnitNames units, IReadOnlySet<string> above, IReadOnlyDictionary<string, Indicator> known, Words words)
{
    private const int HeaviestWeight = 1000;
    private const int MostDecimals = 6;

    private readonly Dictionary<(string, int), string> _reasons = [];

    public CheckedPlan Run(string city)
    {
        PlanText plan = Read(PlanWorkbook.Plan, row => new PlanText(
            row.Code("编号", []), row.Need("名称"), row.Free("文号"), city, row.Period("首季", PeriodKind.Quarter), row.Period("末季", PeriodKind.Quarter), null, null, null, null, null,
            row.Row["类别"].Length == 0 && row.Row["上级规划"].Length == 0 ? null : row.Word("类别", PlanWorkbook.Kinds), row.Free("上级规划"))).Single();
        HashSet<string> objectives = [], measures = [], milestones = [], groups = [], contacts = [], codes = [], cells = [];
        plan = plan with
        {
            Objectives = Read(PlanWorkbook.Objectives, row => new ObjectiveText(
                row.Code("编号", objectives), row.Word("方面", PlanWorkbook.Chapters), row.Free("章节"), row.Need("名称"), row.Whole("权重", 1, HeaviestWeight))),
            Measures = Read(PlanWorkbook.Measures, row => Measure(row, measures, objectives)),
            Milestones = Read(PlanWorkbook.Milestones, row => Milestone(row, milestones, measures, plan)),
            Groups = Read(PlanWorkbook.Groups, row => new GroupText(
                row.Code("编号", groups), row.Word("类型", PlanWorkbook.GroupKinds), row.Need("名称"), row.Unit("设在"), row.Units("成员单位"), row.Free("联系人"), Phone(row))),
            Contacts = Read(PlanWorkbook.Contacts, row => Contact(row, contacts)),
        };
        IReadOnlyList<IndicatorText> indicators = Read(PlanWorkbook.Indicators, row => Indicator(row, codes));
        Dictionary<string, int> decimals = known.ToDictionary(pair => pair.Key, pair => pair.Value.Decimals);
        foreach (IndicatorText one in indicators)
        {
            decimals.TryAdd(one.Code!, one.Decimals);
        }

        return new CheckedPlan(plan, indicators, Read(PlanWorkbook.Targets, row => Target(row, cells, decimals)), _reasons);
    }

    private List<T> Read<T>(string sheet, Func<RowReading, T> read)
    {
        var made = new List<T>();
        foreach (SheetLine row in rows.Where(row => row.Sheet == sheet))
        {
            var reading = new RowReading(row, units, words);
            made.Add(read(reading));
            if (reading.Reason is { } reason)
            {
                _reasons[(row.Sheet, row.Number)] = reason;
            }
        }

        return made;
    }

    private MeasureText Measure(RowReading row, HashSet<string> seen, HashSet<string> objectives)
    {
        string lead = row.Unit("牵头单位");
        string[] support = row.Units("配合单位");
        string carries = row.Row["承接任务"];
        if (support.Contains(lead))
        {
            row.Reject("row.lead-supports");
        }

        if (carries.Length > 0 && !above.Contains(carries))
        {
            row.Reject("plan.carries", row.Row["编号"], carries);
        }

        Within(row, "目标", objectives, PlanWorkbook.Objectives);
        return new MeasureText(row.Code("编号", seen), row.Row["目标"], row.Free("句号"), row.Need("名称"), row.Free("内容"), lead, support,
            row.Word("效益", PlanWorkbook.Benefits), row.Word("类别", PlanWorkbook.Kinds), row.Whole("权重", 1, HeaviestWeight), carries);
    }

    private static MilestoneText Milestone(RowReading row, HashSet<string> seen, HashSet<string> measures, PlanText plan)
    {
        Within(row, "任务", measures, PlanWorkbook.Measures);
        Period quarter = row.Period("季度", PeriodKind.Quarter);
        if (row.Reason is null && plan.FirstQuarter != default && plan.LastQuarter != default && (quarter < plan.FirstQuarter || quarter > plan.LastQuarter))
        {
            row.Reject("row.outside", row.Row["季度"], plan.FirstQuarter, plan.LastQuarter);
        }

        return new MilestoneText(row.Code("编号", seen), row.Row["任务"], quarter, row.Need("名称"), row.Whole("权重", 1, HeaviestWeight));
    }

    private static ContactText Contact(RowReading row, HashSet<string> seen)
    {
        string unit = row.Unit("单位");
        if (unit.Length > 0 && !seen.Add(unit))
        {
            row.Reject("row.twice", "单位", row.Row["单位"]);
        }

        return new ContactText(unit, row.Need("联络员"), Phone(row));
    }

    private IndicatorText Indicator(RowReading row, HashSet<string> seen)
    {
        var text = new IndicatorText(
            row.Code("编号", seen), row.Need("名称"), row.Need("计量单位"), row.Whole("小数位", 0, MostDecimals), row.Word("汇总方式", PlanWorkbook.Aggregations),
            row.Word("方向", PlanWorkbook.Directions), row.Word("频率", PlanWorkbook.Frequencies), row.Word("用途", PlanWorkbook.Purposes), row.Free("指标解释"),
            null, null, row.Free("领域"), row.Unit("责任单位"));
        if (row.Reason is null && known.GetValueOrDefault(text.Code!) is { } there && !IsSame(text, there, row.Row["责任单位"]))
        {
            row.Reject("row.indicator-differs", text.Code!);
        }

        return text;
    }

    private static TargetText Target(RowReading row, HashSet<string> seen, Dictionary<string, int> decimals)
    {
        string indicator = row.Need("指标"), unit = row.Unit("单位");
        Period period = row.Period("期别", null);
        if (indicator.Length > 0 && !decimals.ContainsKey(indicator))
        {
            row.Reject("row.nowhere", "指标", indicator, PlanWorkbook.Indicators);
        }

        if (!decimal.TryParse(row.Row["目标值"].Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal value))
        {
            row.Reject("row.number", "目标值", row.Row["目标值"]);
        }
        else if (decimals.TryGetValue(indicator, out int places) && !Quantity.TryToUnits(value, places, out _, out _))
        {
            row.Reject("row.decimals", row.Row["目标值"], places);
        }

        if (!seen.Add($"{indicator} {unit} {period}"))
        {
            row.Reject("row.twice", "目标值", $"{indicator} {period}");
        }

        return new TargetText(indicator, unit, period, value);
    }

    private static string Phone(RowReading row)
    {
        if (!GroupBook.IsPhone(row.Row["电话"]))
        {
            row.Reject("row.phone", row.Row["电话"]);
        }

        return row.Row["电话"];
    }

    /// <summary>The row's parent stands in another sheet.</summary>
    private static void Within(RowReading row, string head, HashSet<string> codes, string sheet)
    {
        if (!codes.Contains(row.Need(head)))
        {
            row.Reject("row.nowhere", head, row.Row[head], sheet);
        }
    }

    /// <summary>An indicator of the platform keeps its definition; a city that means something else takes another code.</summary>
    private bool IsSame(IndicatorText text, Indicator there, string owner) =>
        (text.Name, text.Unit, text.Decimals, text.Aggregation, text.Direction, text.Frequency, text.Purpose, text.Explanation, text.Area ?? "")
            == (there.Name, there.Unit, there.Decimals, there.Aggregation, there.Direction, IndicatorBook.FrequencyWord(there.Frequency), there.Purpose, there.Explanation, there.Area ?? "")
        && (there.OwnerName == owner || units.CodeOf(there.OwnerName ?? "") == text.Owner);
}
