using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Lodestone.Coordination.Meetings;

/// <summary>All resolutions of a year with the orders they became, as a workbook (议定事项台账).</summary>
internal sealed class ResolutionLedger(PlatformDb db, SupervisionReading orders, Words words)
{
    private static readonly string[] s_columns = ["meeting", "number", "text", "lead", "supports", "workdays", "order", "due", "light", "progress"];

    public async Task<byte[]> WriteAsync(int year, CancellationToken cancel = default)
    {
        (Period first, Period last) = (new Period(PeriodKind.Quarter, year, 1), new Period(PeriodKind.Quarter, year, 4));
        // The actor's own scope: who does not see the city's case gets no line of it.
        var rows = await (
            from row in db.Set<Resolution>().AsNoTracking()
            join meeting in db.Set<Meeting>() on row.MeetingId equals meeting.Id
            join file in db.Set<Kernel.Procedures.Case>() on meeting.CaseId equals file.Id
            where meeting.Period >= first && meeting.Period <= last
            orderby meeting.Period, row.Ordinal
            select new { row, meeting.Period, meeting.CityId }).ToListAsync(cancel);
        IReadOnlyDictionary<long, OrderView> issued = await orders.OfAsync([.. rows.Select(one => one.row.OrderId).OfType<long>()], cancel);
        Palette palette = await orders.PaletteAsync(rows.Count > 0 ? rows[0].CityId : null, cancel);
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            await book.StartWorksheetAsync($"{year}", token: cancel);
            await book.AddRowAsync([.. s_columns.Select(column => new StyledCell(words.Say($"meeting.column.{column}"), strong))], cancel);
            foreach (var one in rows)
            {
                OrderView? order = one.row.OrderId is { } id ? issued.GetValueOrDefault(id) : null;
                await book.AddRowAsync(
                [
                    new StyledCell(one.Period.Label(CultureInfo.CurrentUICulture), null), new StyledCell(one.row.Ordinal, null), new StyledCell(one.row.Text, null),
                    new StyledCell(one.row.LeadName, null), new StyledCell(one.row.SupportNames, null), new StyledCell(one.row.Workdays, null),
                    new StyledCell(one.row.OrderNumber, null),
                    new StyledCell((order?.DueOn ?? one.row.OrderDueOn ?? one.row.DueOn)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null),
                    new StyledCell(order is null ? words.Say("agenda.no-order") : words.Say($"palette.{palette.Code}.{order.State.ToString().ToLowerInvariant()}"), null),
                    new StyledCell(order is null ? null : $"{order.Order.Progress}%", null),
                ], cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }
}
