using Lodestone.Kernel.Indicators;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell as its owner states it.</summary>
/// <param name="Indicator">Code.</param>
/// <param name="Number">As written; null when the cell is left blank.</param>
/// <param name="Explanation">Null leaves the one that stands; an empty one takes it away.</param>
internal sealed record StatedCell(string? Indicator, string? Number, string? Explanation);

/// <summary>A cell that cannot be taken as stated.</summary>
/// <param name="Code">Also the key of the sentence.</param>
internal sealed record CellRefusal(string Indicator, string Code, params object[] Figures);

/// <summary>What is left to write after each stated cell has been judged.</summary>
internal sealed record JudgedCells(
    IReadOnlyDictionary<long, long> Values, IReadOnlyDictionary<long, string> Explanations, IReadOnlyList<CellRefusal> Refused);

/// <summary>Judges stated cells against the form: pure, the same for the API, the page and the workbook.</summary>
internal static class CellJudge
{
    public const string UnknownIndicator = "return.unknown-indicator";
    public const string DuplicateCell = "return.duplicate-cell";
    public const string CellLocked = "return.cell-locked";
    public const string CellCleared = "return.cell-cleared";
    public const string ExplanationTooLong = "return.explanation-too-long";

    /// <param name="filled">Indicators whose cell already has a value: such a cell cannot become blank again.</param>
    public static JudgedCells Judge(ReturnFile file, IReadOnlyList<StatedCell> cells, IReadOnlySet<long> filled)
    {
        var values = new Dictionary<long, long>();
        var explanations = new Dictionary<long, string>();
        var refused = new List<CellRefusal>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (StatedCell cell in cells)
        {
            string code = cell.Indicator ?? "";
            if (file.Find(code) is not { } indicator)
            {
                refused.Add(new CellRefusal(code, UnknownIndicator, code, file.Form.Name));
            }
            else if (!seen.Add(code))
            {
                refused.Add(new CellRefusal(code, DuplicateCell, indicator.Name));
            }
            else if (Judge(file, indicator, cell, filled.Contains(indicator.Id), out long? value) is { } reason)
            {
                refused.Add(reason);
            }
            else
            {
                if (value is { } units)
                {
                    values.Add(indicator.Id, units);
                }

                if (cell.Explanation is { } text)
                {
                    explanations.Add(indicator.Id, text.Trim());
                }
            }
        }

        return new JudgedCells(values, explanations, refused);
    }

    private static CellRefusal? Judge(ReturnFile file, Indicator indicator, StatedCell cell, bool filled, out long? value)
    {
        value = null;
        if (file.IsLocked(indicator))
        {
            return new CellRefusal(indicator.Code, CellLocked, indicator.Name);
        }

        if (cell.Explanation is { Length: > CellExplanation.Longest })
        {
            return new CellRefusal(indicator.Code, ExplanationTooLong, indicator.Name, CellExplanation.Longest);
        }

        if (cell.Number is not { } number)
        {
            return filled ? new CellRefusal(indicator.Code, CellCleared, indicator.Name) : null;
        }

        if (!CellNumber.TryRead(number, indicator.Decimals, out long units, out string? code))
        {
            return new CellRefusal(indicator.Code, code!, indicator.Name, Shown(number), indicator.Decimals);
        }

        value = units;
        return null;
    }

    /// <summary>A refused text goes back into a sentence; not all of it when it is endless.</summary>
    private static string Shown(string text) => text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}…";
}
