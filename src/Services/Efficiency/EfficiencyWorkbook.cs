using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Web;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Lodestone.Services.Efficiency;

/// <summary>The figures of a quarter as .xlsx: one sheet for each way of grouping, and the trend.</summary>
internal sealed class EfficiencyWorkbook(EfficiencyReading reading, Words words)
{
    public static IReadOnlyList<string> Columns { get; } =
        ["name", "due", "in-promise", "in-promise-share", "in-law", "in-law-share", "late", "net", "promised", "corrected", "deemed", "rated", "rating", "satisfied"];

    public async Task<byte[]> WriteAsync(Period period, CancellationToken cancel = default)
    {
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            foreach (string by in EfficiencyReading.Groupings)
            {
                await StartAsync(book, words.Say($"efficiency.by.{by}"), strong, cancel);
                foreach (FigureLine line in await reading.LinesAsync(by, period, cancel))
                {
                    await book.AddRowAsync(Row(line.Name, line), cancel);
                }
            }

            await StartAsync(book, words.Say("efficiency.trend"), strong, cancel);
            foreach (TrendPoint point in await reading.TrendAsync(period, 4, null, cancel))
            {
                await book.AddRowAsync(Row(point.Period.Label(CultureInfo.CurrentUICulture), point.Line), cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    private async Task StartAsync(Spreadsheet book, string name, StyleId strong, CancellationToken cancel)
    {
        var layout = new WorksheetOptions { FrozenRows = 1 };
        layout.Column(1).Width = 30;
        await book.StartWorksheetAsync(name, layout, cancel);
        await book.AddRowAsync([.. Columns.Select(column => new StyledCell(words.Say($"efficiency.column.{column}"), strong))], cancel);
    }

    private static List<DataCell> Row(string name, FigureLine line) =>
    [
        new(name), new(line.Due), new(line.InPromise), Scaled(line.InPromisePermille, 10), new(line.InLaw), Scaled(line.InLawPermille, 10), new(line.Late), Scaled(line.NetTenths, 10),
        Scaled(line.PromisedTenths, 10), new(line.Corrected), new(line.Deemed), new(line.Rated), Scaled(line.RatingHundredths, 100), Scaled(line.SatisfiedPermille, 10),
    ];

    private static DataCell Scaled(int? value, int scale) => value is { } number ? new DataCell(number / (decimal)scale) : new DataCell("—");
}
