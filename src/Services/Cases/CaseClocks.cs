using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;

namespace Lodestone.Services.Cases;

/// <summary>What a move does to a case's clocks. Written by the next save, beside the move.</summary>
internal sealed class CaseClocks(ClockDesk clocks, CalendarBook calendars)
{
    /// <summary>Administrative Licensing Law, art. 32: told once within five days, or accepted from the day of receipt.</summary>
    public const int TellDays = 5;

    private const int ExtensionDays = 10;

    private const int JointExtensionDays = 15;

    /// <summary>Art. 44: delivered within ten days of the decision.</summary>
    public const int DeliverDays = 10;

    private static readonly string[] s_main = [CaseProcedure.StatutoryClock, CaseProcedure.PromisedClock];

    /// <summary>Art. 42: one extension, of ten days; of fifteen where several departments act jointly.</summary>
    public static int ExtensionOf(EntryText item) => item.Parallel is { Count: > 0 } ? JointExtensionDays : ExtensionDays;

    /// <summary>The five days are over and nobody told the applicant: a licence counts as accepted, whether or not the platform has looked yet.</summary>
    public async Task<bool> IsDeemedAsync(ServiceCase service, DateOnly today, CancellationToken cancel = default) =>
        service.Licence && await DueAsync(service.CaseId, CaseProcedure.CorrectionClock, cancel) is { } due && due < today;

    /// <summary>The day of receipt is day 0.</summary>
    public Task ReceiveAsync(ServiceCase service, CaseView moved, CancellationToken cancel = default) => service.Licence
        ? clocks.WriteAsync(moved, CaseProcedure.CorrectionClock, null, Deadline.Start(TellDays, LimitUnit.Workdays, service.ReceivedOn), cancel)
        : Task.CompletedTask;

    /// <summary>The applicant's own time runs; nobody else's does.</summary>
    public async Task AskAsync(CaseView moved, int correctDays, DateOnly today, CancellationToken cancel = default)
    {
        await ChangeAsync(moved, CaseProcedure.CorrectionClock, clock => clock.IsRunning ? clock.Suspend(today) : clock, cancel);
        Deadline? own = await clocks.ReadAsync(moved.Id, CaseProcedure.CorrectClock, cancel);
        await clocks.WriteAsync(moved, CaseProcedure.CorrectClock, own, own?.Resume(today) ?? Deadline.Start(correctDays, LimitUnit.Workdays, today), cancel);
    }

    /// <summary>The five days begin anew with the corrected materials: they too are either complete or not.</summary>
    public async Task CorrectAsync(CaseView moved, DateOnly today, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        await ChangeAsync(moved, CaseProcedure.CorrectClock, clock => clock.IsRunning ? clock.Suspend(today) : clock, cancel);
        await ChangeAsync(moved, CaseProcedure.CorrectionClock, clock =>
        {
            if (!clock.IsSuspended)
            {
                return clock;
            }

            int used = TellDays - clock.Remaining(calendar, today);
            return used > 0 ? clock.Resume(today).Extend(used, today) : clock.Resume(today);
        }, cancel);
    }

    /// <param name="dayZero">The day of acceptance; of the receipt of the materials when the case is deemed accepted.</param>
    public async Task AcceptAsync(CaseView moved, int statutory, int promised, DateOnly dayZero, DateOnly today, CancellationToken cancel = default)
    {
        await EndAsync(moved, [CaseProcedure.CorrectionClock, CaseProcedure.CorrectClock], today, cancel);
        await clocks.WriteAsync(moved, CaseProcedure.StatutoryClock, null, Deadline.Start(statutory, LimitUnit.Workdays, dayZero), cancel);
        await clocks.WriteAsync(moved, CaseProcedure.PromisedClock, null, Deadline.Start(promised, LimitUnit.Workdays, dayZero), cancel);
    }

    /// <summary>A special procedure begins: its time is not counted (art. 45).</summary>
    public Task SuspendAsync(CaseView moved, DateOnly today, CancellationToken cancel = default) =>
        ChangeAllAsync(moved, s_main, clock => clock.IsRunning ? clock.Suspend(today) : clock, cancel);

    public Task ResumeAsync(CaseView moved, DateOnly today, CancellationToken cancel = default) =>
        ChangeAllAsync(moved, s_main, clock => clock.IsSuspended ? clock.Resume(today) : clock, cancel);

    /// <summary>A promise that is broken stays broken: only one that still runs is lengthened with the limit of the law.</summary>
    /// <returns>The last day by law from now on; null while a special procedure holds the clock.</returns>
    public async Task<DateOnly?> ExtendAsync(CaseView moved, int days, DateOnly today, CancellationToken cancel = default)
    {
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        DateOnly? until = null;
        await ChangeAsync(moved, CaseProcedure.StatutoryClock, clock =>
        {
            Deadline extended = clock.EndedOn is null ? clock.Extend(days, today) : clock;
            until = extended.Due(calendar)?.DueOn;
            return extended;
        }, cancel);
        await ChangeAsync(moved, CaseProcedure.PromisedClock, clock => clock.EndedOn is null && !clock.IsOverdue(calendar, today) ? clock.Extend(days, today) : clock, cancel);
        return until;
    }

    public async Task DecideAsync(ServiceCase service, CaseView moved, DateOnly today, CancellationToken cancel = default)
    {
        await EndAsync(moved, s_main, today, cancel);
        if (service.Licence)
        {
            await clocks.WriteAsync(moved, CaseProcedure.DeliverClock, null, Deadline.Start(DeliverDays, LimitUnit.Workdays, today), cancel);
        }
    }

    /// <summary>Nothing runs any more.</summary>
    public Task CloseAsync(CaseView moved, DateOnly today, CancellationToken cancel = default) =>
        EndAsync(moved, [.. CaseProcedure.Table.Clocks.Select(clock => clock.Name)], today, cancel);

    /// <summary>The due day of a clock; null when it does not run.</summary>
    public async Task<DateOnly?> DueAsync(long caseId, string name, CancellationToken cancel = default) =>
        (await clocks.ReadAsync(caseId, name, cancel))?.Due(await calendars.CurrentAsync(cancel))?.DueOn;

    private Task EndAsync(CaseView moved, IEnumerable<string> names, DateOnly today, CancellationToken cancel) =>
        ChangeAllAsync(moved, names, clock => clock.EndedOn is null ? clock.End(today) : clock, cancel);

    private async Task ChangeAllAsync(CaseView moved, IEnumerable<string> names, Func<Deadline, Deadline> change, CancellationToken cancel)
    {
        foreach (string name in names)
        {
            await ChangeAsync(moved, name, change, cancel);
        }
    }

    private async Task ChangeAsync(CaseView moved, string name, Func<Deadline, Deadline> change, CancellationToken cancel)
    {
        if (await clocks.ReadAsync(moved.Id, name, cancel) is { } before)
        {
            await clocks.WriteAsync(moved, name, before, change(before), cancel);
        }
    }
}
