using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Supervision;

/// <summary>The notice on how the units did with their orders (督办通报), as a draft in the layout of official documents.</summary>
internal sealed class SupervisionNotice(SupervisionReading reading, Words words, TimeProvider clock)
{
    private static readonly string[] s_columns = ["place", "unit", "due", "in-time", "late", "overdue", "share"];

    /// <summary>Hundredths of the text block, column by column.</summary>
    private static readonly int[] s_shares = [10, 34, 11, 11, 11, 11, 12];

    public async Task<byte[]> WriteAsync(DateOnly since, DateOnly until, CancellationToken cancel = default)
    {
        IReadOnlyList<StandingLine> lines = await reading.StandingAsync(since, until, cancel);
        int due = lines.Sum(line => line.Due);
        int inTime = lines.Sum(line => line.InTime);
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("supervision.notice-title", since, until))
            .Paragraph(words.Say("supervision.notice-line", since, until, due, inTime, due == 0 ? "—" : Percent((int)((long)inTime * 1_000_000 / due)), lines.Sum(line => line.Overdue)))
            .Heading(words.Say("supervision.notice-standing"))
            .Table(
                [.. s_columns.Select(column => words.Say($"supervision.column.{column}"))], s_shares,
                lines.Select(line => (IReadOnlyList<string>)
                [
                    Number(line.Place), line.Unit, Number(line.Due), Number(line.InTime), Number(line.Late), Number(line.Overdue), Percent(line.Share),
                ]));
        string[] overdue = [.. lines.Where(line => line.Overdue > 0).Select(line => words.Say("supervision.notice-unit", line.Unit, line.Overdue))];
        if (overdue.Length > 0)
        {
            paper.Heading(words.Say("supervision.notice-overdue")).Paragraph(words.Say("supervision.notice-demand", string.Join('、', overdue)));
        }

        return paper.Closing(words.Say("supervision.notice-office")).Closing(clock.Today().ToString("yyyy年M月d日", CultureInfo.InvariantCulture)).ToBytes();
    }

    public static string Percent(int millionths) => (millionths / 10_000m).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
