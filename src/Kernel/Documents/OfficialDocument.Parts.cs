using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Lodestone.Kernel.Documents;

public sealed partial class OfficialDocument
{
    private const string Red = "C00000";

    /// <summary>The red head of a paper (发文机关标志) with its number below and the red line across (GB/T 9704-2012, 7.2.4 to 7.2.7).</summary>
    /// <param name="number">The paper's number and, at the right of it, the day; empty for a draft without one.</param>
    public OfficialDocument Masthead(string name, string number)
    {
        // 28 characters of 16 pt fill the block; a longer name is set smaller so that it stays on one line.
        int size = Math.Clamp(156 * 2 * 72 * 10 / 254 / Math.Max(1, name.Length), Third, 2 * Third);
        Paragraph head = Line(name, XiaoBiaoSong, size, JustificationValues.Center, indent: 0);
        head.GetFirstChild<ParagraphProperties>()!.SpacingBetweenLines = new SpacingBetweenLines { Line = "240", LineRule = LineSpacingRuleValues.Auto, Before = "0", After = "240" };
        head.GetFirstChild<Run>()!.RunProperties!.Color = new Color { Val = Red };
        _body.Add(head);
        Paragraph line = Line(number, FangSong, Third, JustificationValues.Center, indent: 0);
        line.GetFirstChild<ParagraphProperties>()!.ParagraphBorders = new ParagraphBorders(
            new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Red });
        _body.Add(line);
        return Empty();
    }

    /// <summary>To whom it goes (主送机关), at the left margin.</summary>
    public OfficialDocument To(string text)
    {
        _body.Add(Line(text, FangSong, Third, JustificationValues.Left, indent: 0));
        return this;
    }

    /// <summary>A paragraph that begins with a word in HeiTi, such as 出席 or 时间.</summary>
    public OfficialDocument Named(string name, string text)
    {
        Paragraph paragraph = Line(name, HeiTi, Third, JustificationValues.Both, indent: 2);
        paragraph.Append(Piece(text, FangSong, Third));
        _body.Add(paragraph);
        return this;
    }

    /// <summary>A list of where figures come from, in small 5 (9 pt): it is looked up, not read.</summary>
    public OfficialDocument Sources(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (string line in lines)
        {
            Paragraph paragraph = Line(line, FangSong, Smallest, JustificationValues.Left, indent: 0);
            // The grid of 22 lines would set each of these as wide apart as the body's.
            paragraph.GetFirstChild<ParagraphProperties>()!.SnapToGrid = new SnapToGrid { Val = false };
            paragraph.GetFirstChild<ParagraphProperties>()!.SpacingBetweenLines = new SpacingBetweenLines
            {
                Line = (Smallest * 13).ToString(CultureInfo.InvariantCulture),
                LineRule = LineSpacingRuleValues.Exact,
                Before = "0",
                After = "0",
            };
            _body.Add(paragraph);
        }

        return this;
    }
}
