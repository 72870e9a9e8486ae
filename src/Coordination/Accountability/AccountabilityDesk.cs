using System.Globalization;
using System.Runtime.CompilerServices;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Accountability;

/// <summary>Opens matters on their facts and moves them. Written by the next save.</summary>
internal sealed class AccountabilityDesk(
    PlatformDb db, SupervisionReading orders, AccountabilityReading reading, CaseDesk desk, ClockDesk clocks, CalendarBook calendars, Ids ids, TimeProvider clock) : IRungReaction
{
    private const int LongestText = 4000;

    public string Procedure => AccountabilityProcedure.Code;

    /// <param name="facts">Ids of the unit's late orders.</param>
    /// <exception cref="Refusal"><c>accountability.text</c>, <c>accountability.facts</c>, <c>accountability.fact</c>, <c>accountability.again</c>, <c>accountability.units</c>, <c>request.not-found</c></exception>
    public async Task<AccountabilityMatter> OpenAsync(string? title, IReadOnlyList<long>? facts, CancellationToken cancel = default)
    {
        string text = Text(title, AccountabilityMatter.LongestTitle);
        long[] asked = [.. (facts ?? []).Distinct()];
        if (asked.Length is 0 or > AccountabilityMatter.MostFacts)
        {
            throw new Refusal("accountability.facts", 422, AccountabilityMatter.MostFacts);
        }

        IReadOnlyDictionary<long, OrderView> known = await orders.OfAsync(asked, cancel);
        OrderView[] late = [.. asked.Select(id => known.GetValueOrDefault(id) ?? throw Refusal.NotFound())];
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly today = clock.Today();
        if (late.FirstOrDefault(order => !order.Finish.IsOverdue(calendar, today)) is { } inTime)
        {
            throw new Refusal("accountability.fact", 422, inTime.Number);
        }

        if (await reading.HeldAsync(asked, cancel) is { Count: > 0 } held)
        {
            throw new Refusal("accountability.again", 422, late.First(order => held.Contains(order.Order.Id)).Number);
        }

        if (late.Select(order => order.Order.OrganisationId).Distinct().Count() > 1)
        {
            throw new Refusal("accountability.units");
        }

        SupervisionOrder first = late[0].Order;
        Organisation unit = await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == first.OrganisationId, cancel);
        int serial = (await db.Set<AccountabilityMatter>().Where(row => row.CityId == first.CityId && row.Year == today.Year).MaxAsync(row => (int?)row.Serial, cancel) ?? 0) + 1;
        var matter = new AccountabilityMatter
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = unit.Id,
            CityId = first.CityId,
            Year = today.Year,
            Serial = serial,
            Title = text,
        };
        CaseView opened = await desk.OpenAsync(AccountabilityProcedure.Table, new Subject(AccountabilityMatter.SubjectKind, matter.Id), unit.Id, unit.Path,
            $"{NumberOf(matter)} {text}", cancel);
        matter.CaseId = opened.Id;
        db.Add(matter);
        db.AddRange(late.Select(order => new AccountabilityFact
        {
            MatterId = matter.Id,
            OrderId = order.Order.Id,
            OrganisationId = unit.Id,
            WorkdaysLate = -order.Remaining,
        }));
        return matter;
    }

    /// <param name="seen">The version last read.</param>
    /// <param name="measure">With the decision: one of <see cref="AccountabilityMatter.Measures"/>.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>accountability.text</c>, <c>accountability.measure</c>, <c>accountability.own-finding</c></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, string? measure, CancellationToken cancel = default)
    {
        AccountabilityMatter matter = await db.Set<AccountabilityMatter>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        string? reason = string.IsNullOrWhiteSpace(note) ? null : Text(note, LongestText);
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(matter.CaseId, cancel), seen, action ?? "", reason, cancel);
        switch (action)
        {
            case AccountabilityProcedure.Find:
                await StartHearingAsync(moved, cancel);
                break;
            case AccountabilityProcedure.State:
                await StopHearingAsync(moved, cancel);
                break;
            case AccountabilityProcedure.Decide:
                await RequireOtherAsync(matter, cancel);
                matter.Measure = measure is not null && AccountabilityMatter.Measures.Contains(measure) ? measure : throw new Refusal("accountability.measure");
                break;
        }

        return moved;
    }

    /// <summary>The time for a statement has passed without one: the clock stands still, as after a statement.</summary>
    public Task OnAsync(CaseView moved, string clock, Rung rung, CancellationToken cancel = default) =>
        rung.Action == AccountabilityProcedure.Pass ? StopHearingAsync(moved, cancel) : Task.CompletedTask;

    /// <summary>责〔2026〕3号.</summary>
    public static string NumberOf(AccountabilityMatter matter) => string.Create(CultureInfo.InvariantCulture, $"责〔{matter.Year}〕{matter.Serial}号");

    /// <summary>A matter that was verified again is stated on anew: the whole time is given once more.</summary>
    private async Task StartHearingAsync(CaseView moved, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        Deadline? before = await clocks.ReadAsync(moved.Id, AccountabilityProcedure.HearingClock, cancel);
        Deadline after = before is null ? Deadline.Start(AccountabilityProcedure.HearingWorkdays, LimitUnit.Workdays, today) : before.Resume(today);
        if (before?.Consumed(await calendars.CurrentAsync(cancel), today) is > 0 and var spent)
        {
            after = after.Extend(spent, today);
        }

        await clocks.WriteAsync(moved, AccountabilityProcedure.HearingClock, before, after, cancel);
    }

    private async Task StopHearingAsync(CaseView moved, CancellationToken cancel)
    {
        Deadline before = (await clocks.ReadAsync(moved.Id, AccountabilityProcedure.HearingClock, cancel))!;
        await clocks.WriteAsync(moved, AccountabilityProcedure.HearingClock, before, before.Suspend(clock.Today()), cancel);
    }

    /// <summary>Who verified does not decide.</summary>
    private async Task RequireOtherAsync(AccountabilityMatter matter, CancellationToken cancel)
    {
        if (await db.Set<CaseStep>().AnyAsync(step => step.CaseId == matter.CaseId && step.Action == AccountabilityProcedure.Find && step.UserId == db.Actor.UserId, cancel))
        {
            throw new Refusal("accountability.own-finding", 403);
        }
    }

    private static string Text(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "accountability.text", field);
}
