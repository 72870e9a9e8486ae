using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Services.Catalogue;

/// <summary>An entry as rows of the workbook and back. Pure.</summary>
internal static class EntryRows
{
    private const char Comma = '、';
    private const string Yes = "是";

    public static IReadOnlyDictionary<string, string> Lists { get; } = new Dictionary<string, string>
    {
        [ListName.Service] = "事项",
        [ListName.Duty] = "职责",
        [ListName.Power] = "权力",
        [ListName.Responsibility] = "责任",
        [ListName.Charge] = "收费",
    };

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [ItemKind.Licence] = "行政许可",
        [ItemKind.PublicService] = "公共服务",
        [ItemKind.Other] = "其他",
    };

    public static IReadOnlyDictionary<string, string> Specials { get; } = new Dictionary<string, string>
    {
        ["hearing"] = "听证",
        ["tender"] = "招标",
        ["auction"] = "拍卖",
        ["inspection"] = "检验",
        ["testing"] = "检测",
        ["quarantine"] = "检疫",
        ["appraisal"] = "鉴定",
        ["expert-review"] = "专家评审",
    };

    public static IEnumerable<SheetLine> Of(EntryText text, int number)
    {
        yield return new SheetLine(ListWorkbook.Entries, number, new Dictionary<string, string>
        {
            ["编码"] = text.Code ?? "",
            ["清单"] = Lists[text.List!],
            ["名称"] = text.Name ?? "",
            ["类别"] = text.Kind is null ? "" : Kinds[text.Kind],
            ["依据"] = text.Basis ?? "",
            ["内容"] = text.Content ?? "",
            ["法定时限"] = Number(text.StatutoryDays),
            ["承诺时限"] = Number(text.PromisedDays),
            ["即办"] = text.Immediate ? Yes : "",
            ["补正时限"] = Number(text.CorrectDays),
            ["环节"] = string.Join(Comma, text.Steps ?? []),
            ["特别程序"] = string.Join(Comma, (text.Specials ?? []).Select(special => $"{Specials[special.Kind!]}={special.Days}")),
            ["收费"] = string.Join(Comma, (text.Charges ?? []).Select(charge => $"{charge.Name}={(charge.Fen / 100m).ToString("0.00", CultureInfo.InvariantCulture)}={charge.Basis}")),
            ["并联部门"] = string.Join(Comma, (text.Parallel ?? []).Select(unit => unit.Code)),
            ["下放区县"] = text.District?.Code ?? "",
            ["改革前环节"] = text.Before is { } before ? Number(before.Steps) : "",
            ["改革前材料"] = text.Before is { } one ? Number(one.Materials) : "",
            ["改革前天数"] = text.Before is { } two ? Number(two.Days) : "",
        });
        foreach (MaterialText material in text.Materials ?? [])
        {
            yield return new SheetLine(ListWorkbook.Materials, number, new Dictionary<string, string>
            {
                ["编码"] = text.Code ?? "",
                ["材料编码"] = material.Code ?? "",
                ["材料名称"] = material.Name ?? "",
                ["等级"] = material.Grade ?? "",
                ["必交"] = material.Required ? Yes : "",
                ["可容缺"] = material.Gap ? Yes : "",
                ["可承诺"] = material.Pledge ? Yes : "",
                ["有效月数"] = material.ValidMonths is { } months ? Number(months) : "",
            });
        }
    }

    /// <exception cref="Refusal"><c>list.row-number</c>, <c>list.row-pair</c>, and those of <see cref="EntryCheck.Require"/></exception>
    public static EntryText Read(SheetLine row, IEnumerable<SheetLine> materials) => EntryCheck.Require(new EntryText(
        row["编码"], row["名称"], CodeOf(Lists, row["清单"]), row["类别"].Length == 0 ? null : CodeOf(Kinds, row["类别"]), row["依据"], row["内容"],
        Whole(row, "法定时限"), Whole(row, "承诺时限"), row["即办"] == Yes, Whole(row, "补正时限"), Parts(row["环节"]),
        [.. materials.Select(Material)],
        [.. Parts(row["特别程序"]).Select(part => part.Split('=')).Select(pair => new SpecialText(CodeOf(Specials, pair[0]), pair.Length == 2 ? Whole(pair[1], "特别程序") : throw new Refusal("list.row-pair", 422, "特别程序", pair[0])))],
        [.. Parts(row["收费"]).Select(part => part.Split('=')).Select(Charge)],
        [.. Parts(row["并联部门"]).Select(code => new UnitText(code))], row["下放区县"].Length == 0 ? null : new UnitText(row["下放区县"]),
        row["改革前天数"].Length == 0 ? null : new ReformText(Whole(row, "改革前环节"), Whole(row, "改革前材料"), Whole(row, "改革前天数"))));

    private static MaterialText Material(SheetLine row) => new(row["材料编码"], row["材料名称"], row["等级"], row["必交"] == Yes, row["可容缺"] == Yes, row["可承诺"] == Yes,
        row["有效月数"].Length == 0 ? null : Whole(row, "有效月数"));

    private static ChargeText Charge(string[] parts) =>
        parts.Length == 3 && decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal yuan) && decimal.Truncate(yuan * 100) == yuan * 100 && yuan < 1_000_000_000
            ? new ChargeText(parts[0], (long)(yuan * 100), parts[2])
            : throw new Refusal("list.row-pair", 422, "收费", parts[0]);

    /// <summary>The code of a word; the word itself when it is none, so that the check refuses it by name.</summary>
    private static string CodeOf(IReadOnlyDictionary<string, string> words, string word) => words.FirstOrDefault(pair => pair.Value == word || pair.Key == word).Key ?? word;

    private static string[] Parts(string cell) => cell.Split([Comma, ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Whole(SheetLine row, string head) => row[head].Length == 0 ? 0 : Whole(row[head], head);

    private static int Whole(string cell, string head) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new Refusal("list.row-number", 422, head, cell);

    private static string Number(int value) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);
}
