using System.Globalization;
using System.Runtime.CompilerServices;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>An order as it is to be issued.</summary>
/// <param name="Lead">Code of the unit that answers for it.</param>
/// <param name="Supports">Codes of units that support it; each gets an order of its own under the same number.</param>
/// <param name="SignWorkdays">Two when left out.</param>
internal sealed record OrderRequest(
    string? Title, string? Demand, string? Source, string? Basis, string? Lead, IReadOnlyList<string>? Supports, int? SignWorkdays, int? FinishWorkdays);

/// <summary>What goes with a move.</summary>
/// <param name="Percent">With a report: how far the unit is.</param>
/// <param name="Until">With a request or a grant of an extension: the new due day.</param>
/// <param name="Evidence">With the finish: a stored file of the unit.</param>
internal sealed record OrderMove(string? Action, string? Note, int? Percent, DateOnly? Until, long? Evidence);

/// <summary>Issues orders and moves them; their clocks are written in the same save. Written by the next save.</summary>
internal sealed class SupervisionDesk(
    PlatformDb db, OrganisationTree tree, CaseDesk desk, ClockDesk clocks, OrderMoves moves, CalendarBook calendars, Ids ids, Words words, TimeProvider clock)
{
    private const int MostSupports = 20;
    private const int UsualSignWorkdays = 2;
    private const int MostAtOnce = 100;

    /// <returns>The lead unit's order first, then those of the supporting units.</returns>
    /// <exception cref="Refusal">
    /// <c>supervision.text</c>, <c>supervision.source-unknown</c>, <c>supervision.workdays-bounds</c>, <c>supervision.units</c>, <c>request.not-found</c>, <c>access.role</c>
    /// </exception>
    public async Task<IReadOnlyList<IssuedOrder>> IssueAsync(OrderRequest asked, CancellationToken cancel = default)
    {
        string title = Text(asked.Title, SupervisionOrder.LongestTitle);
        string demand = Text(asked.Demand, SupervisionOrder.LongestText);
        string source = asked.Source is { } named && OrderSource.All.Contains(named) ? named : throw new Refusal("supervision.source-unknown", 422, asked.Source ?? "");
        (int sign, int finish) = (asked.SignWorkdays ?? UsualSignWorkdays, asked.FinishWorkdays ?? 0);
        if (sign is < 1 or > OrderMoves.MostWorkdays || finish is < 1 or > OrderMoves.MostWorkdays || sign > finish)
        {
            throw new Refusal("supervision.workdays-bounds", 422, OrderMoves.MostWorkdays);
        }

        string basis = string.IsNullOrWhiteSpace(asked.Basis) ? "" : Text(asked.Basis, SupervisionOrder.LongestText);
        string[] codes = [asked.Lead ?? "", .. asked.Supports ?? []];
        if (codes.Length > MostSupports + 1 || codes.Distinct().Count() != codes.Length)
        {
            throw new Refusal("supervision.units", 422, MostSupports);
        }

        var units = new List<Organisation>();
        foreach (string code in codes)
        {
            units.Add(await tree.FindAsync(code, cancel));
        }

        Organisation city = await CityOfAsync(units, cancel);
        DateOnly today = clock.Today();
        int serial = (await db.Set<SupervisionOrder>().Where(row => row.CityId == city.Id && row.Year == today.Year).MaxAsync(row => (int?)row.Serial, cancel) ?? 0) + 1;
        var orders = new List<IssuedOrder>();
        foreach (Organisation unit in units)
        {
            var order = new SupervisionOrder
            {
                Id = await ids.NextAsync(cancel),
                OrganisationId = unit.Id,
                CityId = city.Id,
                Year = today.Year,
                Serial = serial,
                Part = orders.Count,
                ParentId = orders.Count == 0 ? null : orders[0].Order.Id,
                Title = title,
                Demand = demand,
                Source = source,
                Basis = basis,
                SignWorkdays = sign,
                FinishWorkdays = finish,
            };
            CaseView registered = await desk.OpenAsync(SupervisionProcedure.Table, new Subject(SupervisionOrder.SubjectKind, order.Id), unit.Id, unit.Path,
                $"{NumberOf(order)} {title}", cancel);
            order.CaseId = registered.Id;
            CaseView issued = await desk.MoveAsync(registered, registered.Version, SupervisionProcedure.Issue, order.Basis.Length == 0 ? null : order.Basis, cancel);
            DueDate? signDue = await clocks.WriteAsync(issued, OrderClock.Sign, null, Deadline.Start(sign, LimitUnit.Workdays, today), cancel);
            DueDate? due = await clocks.WriteAsync(issued, OrderClock.Finish, null, Deadline.Start(finish, LimitUnit.Workdays, today), cancel);
            db.Add(order);
            orders.Add(new IssuedOrder(order, signDue!.Value.DueOn, due!.Value.DueOn));
        }

        return orders;
    }

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>supervision.text</c>, <c>supervision.percent</c>, <c>supervision.evidence-missing</c>,
    /// <c>supervision.extension-late</c>, <c>supervision.until</c>, <c>supervision.parts-open</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, OrderMove move, CancellationToken cancel = default)
    {
        SupervisionOrder order = await db.Set<SupervisionOrder>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        return await MoveAsync(order, await desk.ReadAsync(order.CaseId, cancel), await clocks.OfAsync([order.CaseId], cancel), seen, move, cancel);
    }

    private async Task<CaseView> MoveAsync(
        SupervisionOrder order, CaseView file, IReadOnlyDictionary<(long, string), CaseTime> times, long seen, OrderMove move, CancellationToken cancel)
    {
        string? note = string.IsNullOrWhiteSpace(move.Note) ? null : Text(move.Note, SupervisionOrder.LongestText);
        CaseView moved = await desk.MoveAsync(file, seen, move.Action ?? "", note, cancel);
        Deadline before = times[(order.CaseId, OrderClock.Finish)].Deadline;
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        Deadline after = move.Action switch
        {
            SupervisionProcedure.Report => OrderMoves.Report(order, move.Percent, before),
            SupervisionProcedure.AskExtension => OrderMoves.Ask(order, move.Until, today, before, calendar),
            SupervisionProcedure.GrantExtension => OrderMoves.Grant(order, move.Until ?? order.AskedUntil, today, before, calendar),
            SupervisionProcedure.RefuseExtension => OrderMoves.Refuse(order, before),
            SupervisionProcedure.Hold => before.Suspend(today),
            SupervisionProcedure.Finish => await moves.FinishAsync(order, move.Evidence, today, before, cancel),
            SupervisionProcedure.Resume or SupervisionProcedure.SendBack => before.Resume(today),
            SupervisionProcedure.Close => await moves.CloseAsync(order, today, before, cancel),
            SupervisionProcedure.Revoke => before.End(today),
            _ => before,
        };
        await clocks.WriteAsync(moved, OrderClock.Finish, before, after, cancel);
        if (times.GetValueOrDefault((order.CaseId, OrderClock.Sign))?.Deadline is { EndedOn: null } sign)
        {
            Deadline signed = move.Action switch
            {
                SupervisionProcedure.SignFor or SupervisionProcedure.Revoke => sign.End(today),
                SupervisionProcedure.ReturnDuty => sign.Suspend(today),
                SupervisionProcedure.Reissue => OrderMoves.SignAnew(sign, today, calendar),
                _ => sign,
            };
            await clocks.WriteAsync(moved, OrderClock.Sign, sign, signed, cancel);
        }

        if (move.Action == SupervisionProcedure.Revoke)
        {
            // What nobody leads any more, nobody supports.
            foreach (SeenOrder part in await moves.OpenPartsAsync(order, cancel))
            {
                await MoveAsync(part.Id, part.Version, move, cancel);
            }
        }

        return moved;
    }

    /// <summary>One move on several orders; who cannot be moved says why and the others are.</summary>
    /// <exception cref="Refusal"><c>case.unknown-action</c>, <c>supervision.batch</c></exception>
    public async Task<IReadOnlyList<OrderOutcome>> MoveAllAsync(string? action, IReadOnlyList<SeenOrder>? orders, CancellationToken cancel = default)
    {
        if (action is not (SupervisionProcedure.SignFor or SupervisionProcedure.Urge))
        {
            throw new Refusal("case.unknown-action", 422, action ?? "");
        }

        if (orders is not { Count: > 0 and <= MostAtOnce })
        {
            throw new Refusal("supervision.batch", 422, MostAtOnce);
        }

        var outcomes = new List<OrderOutcome>();
        // Read together, written together: a batch costs three reads and one commit.
        long[] asked = [.. orders.Select(order => order.Id)];
        Dictionary<long, SupervisionOrder> known = await db.Set<SupervisionOrder>().Where(row => asked.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        long[] cases = [.. known.Values.Select(order => order.CaseId)];
        IReadOnlyDictionary<long, CaseView> files = await desk.ReadAsync(cases, cancel);
        IReadOnlyDictionary<(long, string), CaseTime> times = await clocks.OfAsync(cases, cancel);
        foreach (SeenOrder one in orders.DistinctBy(order => order.Id))
        {
            try
            {
                SupervisionOrder order = known.GetValueOrDefault(one.Id) ?? throw Refusal.NotFound();
                CaseView moved = await MoveAsync(order, files[order.CaseId], times, one.Version, new OrderMove(action, null, null, null, null), cancel);
                outcomes.Add(new OrderOutcome(one.Id, moved.Stage, moved.Version, null, null));
            }
            catch (Refusal refusal)
            {
                outcomes.Add(new OrderOutcome(one.Id, null, null, refusal.Code, words.Say(refusal)));
            }
        }

        return outcomes;
    }

    /// <summary>督〔2026〕12号; a supporting unit's with its part, 督〔2026〕12-1号.</summary>
    public static string NumberOf(SupervisionOrder order) => string.Create(CultureInfo.InvariantCulture,
        $"督〔{order.Year}〕{order.Serial}{(order.Part == 0 ? "" : $"-{order.Part}")}号");

    private async Task<Organisation> CityOfAsync(List<Organisation> units, CancellationToken cancel)
    {
        long[] above = [.. units.SelectMany(unit => Organisation.Chain(unit.Path)).Distinct()];
        List<Organisation> cities = await db.Set<Organisation>().AsNoTracking().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).ToListAsync(cancel);
        return cities is [var city] && units.All(unit => db.Actor.May(SupervisionModule.Supervisor, Seat.Above, unit.Path) is not null) ? city : throw Refusal.Role();
    }

    private static string Text(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "supervision.text", field);
}

/// <summary>An order just issued, with its due days.</summary>
internal sealed record IssuedOrder(SupervisionOrder Order, DateOnly SignDueOn, DateOnly DueOn);

/// <summary>An order as somebody saw it.</summary>
internal sealed record SeenOrder(long Id, long Version);

/// <param name="Code">Why it was not moved; null when it was.</param>
internal sealed record OrderOutcome(long Id, string? Stage, long? Version, string? Code, string? Message);
