using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Plans;

/// <summary>The units of a city by code and by name; a name that two of them share is none.</summary>
internal sealed class UnitNames(IEnumerable<(string Code, string Name)> units)
{
    private readonly ILookup<string, string> _codes = units.SelectMany(one => new[] { (Key: one.Code, one.Code), (Key: one.Name, one.Code) })
        .Distinct().ToLookup(pair => pair.Key, pair => pair.Code);

    /// <summary>The code of what a cell writes, as a code or a full name; null when it is no unit of the city.</summary>
    public string? CodeOf(string cell) => _codes[cell].Count() == 1 ? _codes[cell].First() : null;
}

/// <summary>Reads one row of a plan's workbook cell by cell and keeps the first thing that is wrong with it.</summary>
internal sealed class RowReading(SheetLine row, UnitNames units, Words words)
{
    /// <summary>Characters of a name, and of a text.</summary>
    private const int LongestName = 200;

    private const int LongestText = 2000;

    public SheetLine Row { get; } = row;

    /// <summary>Why the row is rejected; null when nothing is wrong so far.</summary>
    public string? Reason { get; private set; }

    public void Reject(string code, params object[] figures) => Reason ??= words.Say(code, figures);

    public string Free(string head)
    {
        if (Row[head].Length > LongestText)
        {
            Reject("row.long", head, LongestText);
        }

        return Row[head];
    }

    public string Need(string head)
    {
        if (Row[head].Length == 0)
        {
            Reject("row.missing", head);
        }
        else if (Row[head].Length > LongestName)
        {
            Reject("row.long", head, LongestName);
        }

        return Row[head];
    }

    /// <summary>A code that no row before it used.</summary>
    public string Code(string head, HashSet<string> seen)
    {
        string code = Need(head);
        if (code.Contains('/', StringComparison.Ordinal))
        {
            Reject("row.slash", head);
        }
        else if (code.Length > 0 && !seen.Add(code))
        {
            Reject("row.twice", head, code);
        }

        return code;
    }

    /// <summary>The code of a word of a fixed list.</summary>
    public string Word(string head, IReadOnlyDictionary<string, string> list)
    {
        string code = PlanWorkbook.CodeOf(list, Row[head]);
        if (!list.ContainsKey(code))
        {
            Reject("row.word", head, Row[head], string.Join('、', list.Values));
        }

        return code;
    }

    public int Whole(string head, int least, int most)
    {
        if (!int.TryParse(Row[head], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
        {
            Reject("row.whole", head, Row[head], least, most);
        }

        return number;
    }

    public Period Period(string head, PeriodKind? kind)
    {
        if (!Kernel.Calendar.Period.TryParse(Row[head], out Period period) || (kind is { } wanted && period.Kind != wanted))
        {
            Reject(kind is null ? "row.period" : "row.quarter", head, Row[head]);
        }

        return period;
    }

    public string Unit(string head)
    {
        string cell = Need(head);
        string? code = cell.Length == 0 ? "" : units.CodeOf(cell);
        if (code is null)
        {
            Reject("row.unit", head, cell);
        }

        return code ?? "";
    }

    /// <summary>Several units, separated by 、 or a comma or a space between codes.</summary>
    public string[] Units(string head)
    {
        var found = new List<string>();
        foreach (string cell in Row[head].Split([PlanWorkbook.Comma, ',', '，', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (units.CodeOf(cell) is { } code)
            {
                found.Add(code);
            }
            else
            {
                Reject("row.unit", head, cell);
            }
        }

        return [.. found.Distinct()];
    }
}
