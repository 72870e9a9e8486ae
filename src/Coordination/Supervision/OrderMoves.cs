using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>What a lawful move does to an order and to its time for finishing it; each gives the clock after it.</summary>
internal sealed class OrderMoves(PlatformDb db)
{
    public const int MostWorkdays = 500;

    /// <exception cref="Refusal"><c>supervision.percent</c></exception>
    public static Deadline Report(SupervisionOrder order, int? percent, Deadline clock)
    {
        order.Progress = percent is >= 0 and <= 100 ? percent.Value : throw new Refusal("supervision.percent");
        return clock;
    }

    /// <summary>The time for signing for it begins anew; that for finishing it has run on.</summary>
    public static Deadline SignAnew(Deadline sign, DateOnly today, WorkCalendar calendar) =>
        sign.Consumed(calendar, today) is > 0 and var spent ? sign.Resume(today).Extend(spent, today) : sign.Resume(today);

    /// <exception cref="Refusal"><c>supervision.extension-late</c>, <c>supervision.until</c></exception>
    public static Deadline Ask(SupervisionOrder order, DateOnly? until, DateOnly today, Deadline clock, WorkCalendar calendar)
    {
        DateOnly due = DueOf(clock, calendar);
        if (today > due)
        {
            throw new Refusal("supervision.extension-late", 422, due);
        }

        order.AskedUntil = until > due ? until : throw new Refusal("supervision.until", 422, due);
        return clock;
    }

    /// <exception cref="Refusal"><c>supervision.until</c></exception>
    public static Deadline Grant(SupervisionOrder order, DateOnly? until, DateOnly today, Deadline clock, WorkCalendar calendar)
    {
        DateOnly due = DueOf(clock, calendar);
        int days = until is { } day && day > due ? calendar.WorkdaysBetween(due, day) : 0;
        order.AskedUntil = null;
        return days is > 0 and <= MostWorkdays ? clock.Extend(days, today) : throw new Refusal("supervision.until", 422, due);
    }

    public static Deadline Refuse(SupervisionOrder order, Deadline clock)
    {
        order.AskedUntil = null;
        return clock;
    }

    /// <summary>The check is not the unit's time: its clock stands still from the finish on.</summary>
    /// <exception cref="Refusal"><c>supervision.evidence-missing</c></exception>
    public async Task<Deadline> FinishAsync(SupervisionOrder order, long? evidence, DateOnly today, Deadline clock, CancellationToken cancel = default)
    {
        if (evidence is null || !(db.Set<EvidenceFile>().Local.Any(row => row.Id == evidence)
            || await db.Set<EvidenceFile>().AnyAsync(row => row.Id == evidence && row.OrganisationId == order.OrganisationId, cancel)))
        {
            throw new Refusal("supervision.evidence-missing");
        }

        (order.EvidenceId, order.Progress) = (evidence, 100);
        return clock.Suspend(today);
    }

    /// <summary>The lead unit's order closes when those of the supporting units have.</summary>
    /// <exception cref="Refusal"><c>supervision.parts-open</c></exception>
    public async Task<Deadline> CloseAsync(SupervisionOrder order, DateOnly today, Deadline clock, CancellationToken cancel = default)
    {
        int open = (await OpenPartsAsync(order, cancel)).Count;
        return open == 0 ? clock.End(today) : throw new Refusal("supervision.parts-open", 422, open);
    }

    /// <summary>The supporting units' orders that are not closed or revoked, with the versions of their cases.</summary>
    public Task<List<SeenOrder>> OpenPartsAsync(SupervisionOrder order, CancellationToken cancel = default) => (
        from part in db.Set<SupervisionOrder>()
        join file in db.Set<Case>() on part.CaseId equals file.Id
        where part.ParentId == order.Id && file.Stage != SupervisionProcedure.Closed && file.Stage != SupervisionProcedure.Revoked
        select new SeenOrder(part.Id, file.Version)).ToListAsync(cancel);

    private static DateOnly DueOf(Deadline clock, WorkCalendar calendar) =>
        clock.Due(calendar)?.DueOn ?? throw new InvalidOperationException("An extension is asked and granted while the clock runs.");
}
