using System.Diagnostics;
using System.Globalization;
using Lodestone.Coordination.Statistics;
using SpreadCheetah;

namespace Lodestone.Bench;

/// <summary>A workbook of 200,000 rows is read row by row, with progress, in little memory.</summary>
internal static class SheetArea
{
    private const int MostMegabytes = 200;

    public static async Task RunAsync(Board board, bool brief)
    {
        int rows = brief ? 20_000 : 200_000;
        string file = Path.Combine(Path.GetTempPath(), $"lodestone-{Guid.NewGuid():N}.xlsx");
        try
        {
            await WriteAsync(file, rows);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long peak = 0;
            int told = 0;
            int read = 0;
            var clock = Stopwatch.StartNew();
            await using (FileStream content = File.OpenRead(file))
            {
                using SheetSource source = SheetSource.Open(content, null, null);
                while (source.Read())
                {
                    read += source.Span(3).IsEmpty ? 0 : 1;
                    if (read % 5000 == 0)
                    {
                        told++;
                        // What is alive and what waits to be collected, together: what the process needs for it.
                        peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
                    }
                }
            }

            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $".xlsx of {read} rows, {new FileInfo(file).Length / 1024 / 1024} MB: read in {clock.Elapsed.TotalSeconds:0.0} s, told {told} times how far it was"));
            board.EnterMost("memory while reading", "MB", MostMegabytes, [peak / 1024.0 / 1024.0]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task WriteAsync(string file, int rows)
    {
        await using FileStream content = File.Create(file);
        await using Spreadsheet book = await Spreadsheet.CreateNewAsync(content);
        await book.StartWorksheetAsync("data");
        await book.AddHeaderRowAsync(["单位", "期别", "指标", "数值", "说明"]);
        for (int row = 0; row < rows; row++)
        {
            await book.AddRowAsync([new Cell($"企业{row % 500}"), new Cell($"2024M{(row % 12) + 1:00}"), new Cell($"i{row % 100}"), new Cell(row * 1.25m), new Cell("据台账")]);
        }

        await book.FinishAsync();
    }
}
