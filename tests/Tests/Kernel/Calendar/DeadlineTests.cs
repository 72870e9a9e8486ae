using System.Globalization;
using FsCheck.Xunit;
using Lodestone.Kernel.Calendar;

namespace Lodestone.Tests.Kernel.Calendar;

public sealed class DeadlineTests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Published;

    [Fact]
    public void A_running_limit_is_due_when_its_budget_is_used_up()
    {
        // Administrative Licensing Law, art. 42: 20 working days from acceptance, 10 more with approval.
        var deadline = Deadline.Start(20, LimitUnit.Workdays, Day("2026-01-30"));

        Assert.Equal(new DueDate(Day("2026-03-05"), false), deadline.Due(Calendar));
        Assert.Equal(20, deadline.Remaining(Calendar, Day("2026-01-30")));
        Assert.Equal(10, deadline.Consumed(Calendar, Day("2026-02-13")));
        Assert.Equal(0, deadline.Remaining(Calendar, Day("2026-03-05")));
        Assert.Equal(-1, deadline.Remaining(Calendar, Day("2026-03-06")));
        Assert.Equal(new DueDate(Day("2026-03-19"), false), deadline.Extend(10, Day("2026-03-02")).Due(Calendar));
    }

    [Fact]
    public void A_suspension_costs_its_own_day_and_stops_the_rest()
    {
        // Monday 10-12; Wednesday 10-14 is consumed; Monday 10-26 is day 0 of the three days left.
        var suspended = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12")).Suspend(Day("2026-10-14"));

        Assert.Null(suspended.Due(Calendar));
        Assert.True(suspended.IsSuspended);
        Assert.Equal(3, suspended.Remaining(Calendar, Day("2026-10-14")));
        Assert.Equal(3, suspended.Remaining(Calendar, Day("2026-10-23")));
        Assert.Equal(Light.Suspended, suspended.LightOn(Calendar, Day("2026-10-23"), 3));

        var resumed = suspended.Resume(Day("2026-10-26"));
        Assert.Equal(new DueDate(Day("2026-10-29"), false), resumed.Due(Calendar));
        Assert.Equal(3, resumed.Remaining(Calendar, Day("2026-10-26")));
        Assert.Equal(2, resumed.Remaining(Calendar, Day("2026-10-27")));
        Assert.Equal(4, resumed.Remaining(Calendar, Day("2026-10-13"))); // as then known
    }

    [Fact]
    public void A_suspension_lifted_the_same_day_costs_and_gives_nothing()
    {
        var plain = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12"));

        Assert.Equal(plain.Due(Calendar), plain.Suspend(Day("2026-10-14")).Resume(Day("2026-10-14")).Due(Calendar));
    }

    [Fact]
    public void Suspending_what_is_overdue_does_not_save_it()
    {
        var late = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12")).Suspend(Day("2026-10-21"));

        Assert.Equal(-2, late.Remaining(Calendar, Day("2026-10-30")));
        Assert.Equal(Light.Red, late.LightOn(Calendar, Day("2026-10-30"), 3));
        Assert.Null(late.Due(Calendar));

        var resumed = late.Resume(Day("2026-11-02"));
        Assert.Equal(new DueDate(Day("2026-10-19"), false), resumed.Due(Calendar));
        Assert.Null(resumed.Suspend(Day("2026-11-03")).Due(Calendar));

        // An extension that pays for the days overspent moves the date again.
        Assert.Equal(new DueDate(Day("2026-11-06"), false), resumed.Extend(6, Day("2026-11-02")).Due(Calendar));
    }

    [Fact]
    public void A_budget_just_used_up_when_the_clock_stops_is_due_on_the_day_it_goes_on()
    {
        var deadline = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12")).Suspend(Day("2026-10-19")).Resume(Day("2026-11-02"));

        Assert.Equal(new DueDate(Day("2026-11-02"), false), deadline.Due(Calendar));
        Assert.Equal(Light.Yellow, deadline.LightOn(Calendar, Day("2026-11-02"), 3));
        Assert.Equal(Light.Red, deadline.LightOn(Calendar, Day("2026-11-03"), 3));
    }

    [Theory]
    [InlineData("2026-10-12", Light.Green)]
    [InlineData("2026-10-20", Light.Green)]
    [InlineData("2026-10-21", Light.Yellow)] // three working days before
    [InlineData("2026-10-26", Light.Yellow)] // the due date
    [InlineData("2026-10-27", Light.Red)]
    public void Lights_follow_the_distance_in_working_days(string today, Light light)
    {
        var deadline = Deadline.Start(10, LimitUnit.Workdays, Day("2026-10-12"));

        Assert.Equal(light, deadline.LightOn(Calendar, Day(today), dueSoonWorkdays: 3));
        Assert.Equal(light == Light.Red, deadline.IsOverdue(Calendar, Day(today)));
    }

    [Fact]
    public void Overdue_begins_the_day_after_even_if_that_is_no_working_day()
    {
        var deadline = Deadline.Start(4, LimitUnit.Workdays, Day("2026-10-19"));

        Assert.Equal(new DueDate(Day("2026-10-23"), false), deadline.Due(Calendar));
        Assert.Equal(Light.Red, deadline.LightOn(Calendar, Day("2026-10-24"), 3)); // a Saturday
        Assert.Equal(0, deadline.Remaining(Calendar, Day("2026-10-24")));
    }

    [Fact]
    public void After_the_end_nothing_runs_and_lateness_is_settled()
    {
        var deadline = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12"));
        var inTime = deadline.End(Day("2026-10-19"));
        var late = deadline.End(Day("2026-10-20"));

        Assert.Equal(Light.Done, inTime.LightOn(Calendar, Day("2026-12-01"), 3));
        Assert.Equal(Day("2026-10-19"), inTime.EndedOn);
        Assert.Equal(new DueDate(Day("2026-10-19"), false), inTime.Due(Calendar));
        Assert.Equal(0, inTime.Remaining(Calendar, Day("2026-12-01")));
        Assert.False(inTime.IsOverdue(Calendar, Day("2026-12-01")));
        Assert.True(late.IsOverdue(Calendar, Day("2026-12-01")));
        Assert.Equal(Light.Yellow, late.LightOn(Calendar, Day("2026-10-19"), 3)); // as then known
        Assert.Null(deadline.Suspend(Day("2026-10-13")).End(Day("2026-10-20")).Due(Calendar));
    }

    [Fact]
    public void Calendar_days_ignore_holidays()
    {
        var deadline = Deadline.Start(10, LimitUnit.CalendarDays, Day("2026-12-28"));

        Assert.Equal(new DueDate(Day("2027-01-07"), false), deadline.Due(Calendar));
        Assert.Equal(6, deadline.Remaining(Calendar, Day("2027-01-01")));
    }

    [Fact]
    public void A_date_counted_through_an_unpublished_year_is_provisional_until_the_notice()
    {
        var deadline = Deadline.Start(5, LimitUnit.Workdays, Day("2026-12-28"));
        var stopped = deadline.Suspend(Day("2027-01-02")).Resume(Day("2027-01-02"));
        var known = Calendar.WithNotice(2027, [new(Day("2027-01-01"), "元旦", DayKind.Off), new(Day("2027-01-03"), "元旦", DayKind.Work)]);

        Assert.Equal(new DueDate(Day("2027-01-04"), true), deadline.Due(Calendar));
        Assert.Equal(new DueDate(Day("2027-01-04"), false), deadline.Due(known));
        Assert.True(stopped.Due(Calendar)!.Value.Provisional);
        Assert.Equal(4, deadline.Remaining(Calendar, Day("2026-12-29")));
    }

    [Fact]
    public void An_entry_that_cannot_follow_is_a_fault()
    {
        var running = Deadline.Start(5, LimitUnit.Workdays, Day("2026-10-12"));
        var stopped = running.Suspend(Day("2026-10-13"));
        var ended = running.End(Day("2026-10-13"));

        Assert.Throws<InvalidOperationException>(() => running.Resume(Day("2026-10-13")));
        Assert.Throws<InvalidOperationException>(() => running.Suspend(Day("2026-10-11")));
        Assert.Throws<InvalidOperationException>(() => running.Extend(0, Day("2026-10-13")));
        Assert.Throws<InvalidOperationException>(() => stopped.Suspend(Day("2026-10-14")));
        Assert.Throws<InvalidOperationException>(() => ended.Extend(5, Day("2026-10-14")));
        Assert.Throws<InvalidOperationException>(() => Deadline.FromLedger(5, LimitUnit.Workdays, []));
        Assert.Throws<InvalidOperationException>(() => Deadline.FromLedger(5, LimitUnit.Workdays, [.. running.Ledger, .. running.Ledger]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Start(-1, LimitUnit.Workdays, Day("2026-10-12")));
        Assert.Equal(stopped, Deadline.FromLedger(5, LimitUnit.Workdays, stopped.Ledger));
        Assert.NotEqual(stopped, running);
    }

    [Property(MaxTest = 500)]
    public void Any_ledger_agrees_with_a_walk_day_by_day(byte budget, byte[] steps, bool calendarDays)
    {
        var unit = calendarDays ? LimitUnit.CalendarDays : LimitUnit.Workdays;
        var deadline = Deadline.Start(budget % 40, unit, Day("2026-01-05"));
        foreach (var step in steps.Take(12))
        {
            var on = deadline.Ledger[^1].On.AddDays(step / 4 % 16);
            deadline = (step % 4) switch
            {
                0 => deadline.Extend(1 + (step % 7), on),
                3 when step > 240 => deadline.End(on),
                _ when deadline.IsSuspended => deadline.Resume(on),
                _ => deadline.Suspend(on),
            };
            if (deadline.EndedOn is not null)
            {
                break;
            }
        }

        var last = deadline.Ledger[^1].On;
        for (var today = deadline.StartedOn.AddDays(-2); today <= last.AddDays(90); today = today.AddDays(3))
        {
            Assert.Equal(WalkConsumed(deadline, today), deadline.Consumed(Calendar, today));
        }

        AssertDue(deadline, last);
    }

    // The due date against the definition, as known when the ledger ended: the first day without budget left for another counted day.
    private static void AssertDue(Deadline deadline, DateOnly last)
    {
        var due = deadline.Due(Calendar);
        if (!deadline.IsRunning)
        {
            Assert.True(deadline.EndedOn is not null || due is null);
            return;
        }

        Assert.NotNull(due);
        var overspent = WalkConsumed(deadline, last) > deadline.TotalBudget;
        Assert.Equal(overspent, due.Value.DueOn < last && deadline.Remaining(Calendar, last) < 0);
        if (!overspent)
        {
            Assert.Equal(deadline.TotalBudget, WalkConsumed(deadline, due.Value.DueOn > last ? due.Value.DueOn : last));
            Assert.True(WalkConsumed(deadline, due.Value.DueOn.AddDays(20)) > deadline.TotalBudget);
        }
    }

    private static int WalkConsumed(Deadline deadline, DateOnly today)
    {
        var consumed = 0;
        var running = false;
        for (var day = deadline.StartedOn; day <= today; day = day.AddDays(1))
        {
            // A day counts when the clock was running as it began.
            consumed += running && (deadline.Unit == LimitUnit.CalendarDays || Calendar.IsWorkday(day)) ? 1 : 0;
            foreach (var entry in deadline.Ledger.Where(entry => entry.On == day && entry.Event != DeadlineEvent.Extended))
            {
                running = entry.Event is DeadlineEvent.Started or DeadlineEvent.Resumed;
            }
        }

        return consumed;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
