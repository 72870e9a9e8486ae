using System.Globalization;
using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>What a meeting should speak of, found in the facts of today within the actor's scope.</summary>
internal sealed class AgendaFacts(PlatformDb db, SupervisionReading orders, PlanTree plans, ReadAppeal appeals, MeetingReading meetings, Words words)
{
    /// <summary>So many of one kind at most, the longest overdue first: an agenda is read in an afternoon.</summary>
    private const int MostOfAKind = 12;

    private static readonly string[] s_openAppeals = [AppealProcedure.Filed, AppealProcedure.Accepted];
    private static readonly string[] s_waiting = [MatterProcedure.Ready, MatterProcedure.Deferred];

    /// <summary>In the order of an agenda; none has an id or a place yet.</summary>
    public async Task<IReadOnlyList<AgendaLine>> ReadAsync(MeetingView meeting, CancellationToken cancel = default)
    {
        IReadOnlyList<OrderView> open = [.. (await orders.OpenAsync(cancel)).Where(order => order.Order.CityId == meeting.City.Id)];
        Palette palette = await orders.PaletteAsync(meeting.City.Id, cancel);
        Meeting? last = await meetings.BeforeAsync(meeting.Row, cancel);
        List<Resolution> resolved = last is null ? []
            : await db.Set<Resolution>().AsNoTracking().Where(row => row.MeetingId == last.Id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        IReadOnlyDictionary<long, OrderView> issued = await orders.OfAsync([.. resolved.Select(row => row.OrderId).OfType<long>()], cancel);
        OrderView[] late = [.. open.Where(order => order.State is OrderState.Overdue or OrderState.Escalated)];
        // A supporting unit's order is spoken of with its lead unit's, and that of a resolution with the resolution.
        HashSet<long> spoken = [.. issued.Keys];
        late = [.. late.Where(order => order.Order.ParentId is not { } lead || Array.TrueForAll(late, other => other.Order.Id != lead))];
        return
        [
            .. FateOf(last, resolved, issued, palette),
            .. await MattersAsync(meeting, cancel),
            .. late.Where(order => !spoken.Contains(order.Order.ParentId ?? order.Order.Id)).OrderBy(order => order.Remaining).Take(MostOfAKind)
                .Select(order => Line(AgendaKind.Order, order.Order.Id, words.Say("agenda.order", order.Number, order.Order.Title, order.UnitName),
                    StandingOf(order, palette), OrderAddress.Of(order.Order.Id))),
            .. await MeasuresAsync(meeting.City, cancel),
            .. await ReturnsAsync(meeting.City, cancel),
            .. await AppealsAsync(cancel),
        ];
    }

    /// <summary>Light, time left and progress of an order, in words.</summary>
    public string StandingOf(OrderView order, Palette palette) => words.Say("agenda.order-standing",
        words.Say($"palette.{palette.Code}.{order.State.ToString().ToLowerInvariant()}"), order.Left(words), order.Order.Progress);

    /// <summary>What became of the last meeting's resolutions.</summary>
    private IEnumerable<AgendaLine> FateOf(Meeting? last, IEnumerable<Resolution> resolved, IReadOnlyDictionary<long, OrderView> issued, Palette palette) =>
        resolved.Select(row => Line(AgendaKind.Resolution, row.Id, words.Say("agenda.resolution", last!.Period.Label(CultureInfo.CurrentUICulture), row.Ordinal, row.Text, row.LeadName),
            row.OrderId is { } order && issued.TryGetValue(order, out OrderView? view) ? $"{row.OrderNumber} {StandingOf(view, palette)}" : words.Say("agenda.no-order"),
            row.OrderId is { } id ? OrderAddress.Of(id) : MeetingAddress.OfMeeting(last!.Id)));

    private async Task<IEnumerable<AgendaLine>> MattersAsync(MeetingView meeting, CancellationToken cancel) => (await (
        from matter in db.Set<Matter>().AsNoTracking()
        join file in db.Set<Case>() on matter.CaseId equals file.Id
        where matter.CityId == meeting.City.Id && s_waiting.Contains(file.Stage)
        orderby matter.Id
        select new { matter.Id, matter.Title, matter.UnitName, file.Stage }).ToListAsync(cancel))
        .Select(row => Line(AgendaKind.Matter, row.Id, words.Say("agenda.matter", row.Title, row.UnitName), words.Say($"stage.matter.{row.Stage}"), MeetingAddress.OfMatter(row.Id), row.Id));

    private async Task<IEnumerable<AgendaLine>> MeasuresAsync(Organisation city, CancellationToken cancel)
    {
        Plan? plan = await db.Set<Plan>().AsNoTracking().Where(row => row.CityId == city.Id && row.ParentId == null).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel);
        return plan is null ? [] : (await plans.ReadAsync(plan, cancel)).Measures.Where(state => state.Light == LightKind.Late).OrderByDescending(state => state.Days).Take(MostOfAKind)
            .Select(state => Line(AgendaKind.Measure, state.Row.Id, words.Say("agenda.measure", state.Row.Code, state.Row.Title, state.Row.LeadName),
                words.Say("supervision.over", state.Days ?? 0), PlansModule.PlaceOf(plan.Code, state.Row.Code)));
    }

    /// <summary>Returns that were sent back and have not come again: their last step is the sending back.</summary>
    private async Task<IEnumerable<AgendaLine>> ReturnsAsync(Organisation city, CancellationToken cancel)
    {
        string end = Organisation.EndOf(city.Path);
        var rows = await (
            from row in db.Set<Return>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            join step in db.Set<CaseStep>() on file.Version equals step.Id
            join form in db.Set<Form>() on row.FormId equals form.Id
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            where step.Action == ReturnAction.SendBack && string.Compare(unit.Path, city.Path) >= 0 && string.Compare(unit.Path, end) < 0
            orderby step.At
            select new { row.Id, row.Period, Form = form.Code, FormName = form.Name, Unit = unit.Code, UnitName = unit.Name, step.At }).Take(MostOfAKind).ToListAsync(cancel);
        return rows.Select(row => Line(AgendaKind.Return, row.Id, words.Say("agenda.return", row.UnitName, row.Period.Label(CultureInfo.CurrentUICulture), row.FormName),
            words.Say("agenda.return-since", row.At.LegalDay()), $"/returns/{row.Form}/{row.Unit}/{row.Period}"));
    }

    private async Task<IEnumerable<AgendaLine>> AppealsAsync(CancellationToken cancel) =>
        (await appeals.ListAsync(null, cancel: cancel)).Where(line => s_openAppeals.Contains(line.Stage)).OrderBy(line => line.FiledAt).Take(MostOfAKind)
            .Select(line => Line(AgendaKind.Appeal, line.Id, words.Say("agenda.appeal", line.UnitName, line.CriterionName), words.Say("agenda.appeal-since", line.FiledAt.LegalDay()), $"/appeals/{line.Id}"));

    private static AgendaLine Line(string kind, long id, string text, string standing, string href, long? matter = null) => new()
    {
        Fact = string.Create(CultureInfo.InvariantCulture, $"{kind}:{id}"),
        Kind = kind,
        Text = text,
        Standing = standing,
        Href = href,
        MatterId = matter,
    };
}
