using Lodestone.Kernel.Web;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Lodestone.Coordination.Assessment;

/// <summary>The year's results as a workbook.</summary>
internal static class YearWorkbook
{
    public static async Task<byte[]> WriteAsync(YearView year, Words words, CancellationToken cancel = default)
    {
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            await book.StartWorksheetAsync($"{year.Year}", token: cancel);
            int[] quarters = [.. Enumerable.Range(1, YearRollup.Quarters)];
            await book.AddRowAsync(
            [
                .. ((string[])
                [
                    words.Say("year.group"), words.Say("board.rank"), words.Say("year.code"), words.Say("board.unit"),
                    .. quarters.Select(quarter => words.Say("year.quarter", quarter)), words.Say("year.total"), words.Say("board.grade"), words.Say("year.missing"),
                ]).Select(head => new StyledCell(head, strong)),
            ], cancel);
            foreach (YearUnit unit in year.Units)
            {
                await book.AddRowAsync(
                [
                    new StyledCell(unit.Group, null), new StyledCell(unit.Rank, null), new StyledCell(unit.Unit, null), new StyledCell(year.Names[unit.Unit], null),
                    .. quarters.Select(quarter => new StyledCell(unit.Quarters.FirstOrDefault(one => one.Quarter == quarter)?.Total, null)),
                    new StyledCell(unit.Total, null), new StyledCell(unit.Grade, null),
                    new StyledCell(string.Join('、', unit.Missing.Select(quarter => words.Say("year.quarter", quarter))), null),
                ], cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }
}
