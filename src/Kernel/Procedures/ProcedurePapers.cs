using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Lodestone.Kernel.Procedures;

/// <summary>A table of moves to take away: as a workbook, and as a draft in the layout of official documents.</summary>
internal sealed class ProcedurePapers(Words words)
{
    private static readonly string[] s_clockColumns = ["clock", "source", "runs", "rungs"];

    /// <summary>Hundredths of the text block; the marks do not fit on paper and stand in the workbook.</summary>
    private static readonly int[] s_shares = [8, 16, 18, 16, 18, 24];

    private static readonly string[] s_columns = ["number", "from", "action", "to", "who", "limit", "marks"];

    public async Task<byte[]> WorkbookAsync(Procedure table, CancellationToken cancel = default)
    {
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            await book.StartWorksheetAsync(words.Say("procedures.moves"), token: cancel);
            await book.AddRowAsync([.. s_columns.Select(column => new StyledCell(words.Say($"procedures.column.{column}"), strong))], cancel);
            foreach ((Transition move, int index) in table.Transitions.Select((move, index) => (move, index)))
            {
                await book.AddRowAsync([new StyledCell(index + 1, null), .. Cells(table, move).Select(cell => new StyledCell(cell, null))], cancel);
            }

            await book.StartWorksheetAsync(words.Say("procedures.clocks"), token: cancel);
            await book.AddRowAsync(
                [.. s_clockColumns.Select(column => new StyledCell(words.Say($"procedures.column.{column}"), strong))], cancel);
            foreach (ProcedureClock clock in table.Clocks)
            {
                await book.AddRowAsync(
                    [.. new[] { words.ClockOf(table, clock), clock.LegalSource, words.RunsOf(table, clock), words.RungsOf(table, clock) }.Select(cell => new StyledCell(cell, null))], cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    public byte[] Document(Procedure table)
    {
        OfficialDocument paper = new OfficialDocument()
            .Title(words.NameOf(table))
            .Heading(words.Say("procedures.heading-source")).Paragraph(table.LegalSource)
            .Heading(words.Say("procedures.heading-moves"))
            .Table([.. s_columns.SkipLast(1).Select(column => words.Say($"procedures.column.{column}"))], s_shares,
                table.Transitions.Select((move, index) => (IReadOnlyList<string>)[ProcedureWords.Number(index + 1), .. Cells(table, move).Take(5)]));
        if (table.Clocks.Count > 0)
        {
            paper.Heading(words.Say("procedures.heading-clocks"));
            foreach (ProcedureClock clock in table.Clocks)
            {
                paper.SubHeading(words.ClockOf(table, clock)).Paragraph(clock.LegalSource);
                foreach (string line in new[] { words.RunsOf(table, clock), words.RungsOf(table, clock) }.Where(line => line.Length > 0))
                {
                    paper.Paragraph(line);
                }
            }
        }

        return paper.ToBytes();
    }

    private string[] Cells(Procedure table, Transition move) =>
    [
        words.StageOf(table, move.From), words.ActionOf(table, move.Action), words.StageOf(table, move.To), words.RoleOf(move), words.LimitOf(move), words.MarksOf(move),
    ];
}
