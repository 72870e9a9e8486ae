using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Plans;

/// <summary>
/// The layout of a plan's workbook, written and read. Its words are part of the file's format and stay Chinese in every language of the
/// pages, so that a file made in one can be read in the other.
/// </summary>
internal static class PlanWorkbook
{
    public const string Plan = "规划";
    public const string Objectives = "目标";
    public const string Measures = "重点任务";
    public const string Milestones = "里程碑";
    public const string Groups = "工作机构";
    public const string Contacts = "联络员";
    public const string Indicators = "指标";
    public const string Targets = "目标值";

    /// <summary>To look units up; not read.</summary>
    public const string Units = "单位代码";

    /// <summary>Between the units of one cell.</summary>
    public const char Comma = '、';

    public static IReadOnlyList<SheetLayout> Sheets { get; } =
    [
        new(Plan, ["编号", "名称", "文号", "城市", "类别", "上级规划", "首季", "末季"], true),
        new(Objectives, ["编号", "方面", "章节", "名称", "权重"], true),
        new(Measures, ["编号", "目标", "句号", "名称", "内容", "牵头单位", "配合单位", "效益", "类别", "权重", "承接任务"], true),
        new(Milestones, ["编号", "任务", "季度", "名称", "权重"], true),
        new(Groups, ["编号", "类型", "名称", "设在", "成员单位", "联系人", "电话"], false),
        new(Contacts, ["单位", "联络员", "电话"], false),
        new(Indicators, ["编号", "名称", "计量单位", "小数位", "汇总方式", "方向", "频率", "用途", "领域", "责任单位", "指标解释"], false),
        new(Targets, ["指标", "单位", "期别", "目标值"], false),
    ];

    public static SheetLayout Sheet(string name) => Sheets.Single(sheet => sheet.Name == name);

    public static IReadOnlyDictionary<string, string> Chapters { get; } =
        new Dictionary<string, string> { ["organisation"] = "组织保障", ["funds"] = "资金保障", ["services"] = "服务保障", ["green"] = "绿色生态" };

    public static IReadOnlyDictionary<string, string> Benefits { get; } =
        new Dictionary<string, string> { ["economic"] = "经济效益", ["social"] = "社会效益", ["ecological"] = "生态效益" };

    public static IReadOnlyDictionary<string, string> Kinds { get; } =
        new Dictionary<string, string> { ["action"] = "行动计划", ["special"] = "专项方案", ["annual"] = "年度计划" };

    public static IReadOnlyDictionary<string, string> GroupKinds { get; } = new Dictionary<string, string>
    {
        ["leading-group"] = "领导小组",
        ["office"] = "办公室",
        ["taskforce"] = "工作专班",
        ["fund-committee"] = "基金管理委员会",
        ["advisory-committee"] = "战略咨询委员会",
        ["working-group"] = "工作组",
    };

    public static IReadOnlyDictionary<string, string> Aggregations { get; } =
        new Dictionary<string, string> { ["sum"] = "合计", ["average"] = "平均", ["last"] = "不汇总" };

    public static IReadOnlyDictionary<string, string> Directions { get; } = new Dictionary<string, string> { ["up"] = "越高越好", ["down"] = "越低越好" };

    public static IReadOnlyDictionary<string, string> Frequencies { get; } =
        new Dictionary<string, string> { ["month"] = "月", ["quarter"] = "季", ["half"] = "半年", ["year"] = "年" };

    public static IReadOnlyDictionary<string, string> Purposes { get; } =
        new Dictionary<string, string> { ["statistics"] = "统计", ["administration"] = "管理" };

    /// <summary>The code of a word; the word itself when it is none, so that the check refuses it by name.</summary>
    public static string CodeOf(IReadOnlyDictionary<string, string> words, string word) =>
        words.FirstOrDefault(pair => pair.Value == word || pair.Key == word).Key ?? word;

    public static string WordOf(IReadOnlyDictionary<string, string> words, string? code) => code is null ? "" : words.GetValueOrDefault(code, code);
}
