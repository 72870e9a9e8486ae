using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Meetings;

/// <summary>
/// Plays a pack's meetings: those of the last half-year that are over, the report of that half-year, the resolutions of the last meeting as
/// orders, and the matters that wait. Nothing is played when the pack has no meetings.
/// </summary>
internal static class MeetingsPack
{
    /// <summary>Working days after a quarter when its meeting is called, held, its minutes are issued.</summary>
    private const int CalledAfter = 3;
    internal const int HeldAfter = 8;
    private const int IssuedAfter = 10;

    /// <summary>Working days after a half-year when its report goes its way.</summary>
    private const int ReportedAfter = 18;

    /// <summary>The last meeting lies so many working days back, so that one of its orders can be late by now.</summary>
    private const int Back = 24;

    public static async Task LoadAsync(PackRun run)
    {
        if (run.Pack.Table("meetings") is not { Count: > 0 } texts)
        {
            return;
        }

        WorkCalendar calendar = WorkCalendar.Published;
        Period half = Period.Of(PeriodKind.Half, run.Today).Previous();
        while (Days(calendar, half.LastDay, ReportedAfter + 2) > run.Today)
        {
            half = half.Previous();
        }

        Period last = Period.Of(PeriodKind.Quarter, run.Today).Previous();
        while (Days(calendar, last.LastDay, IssuedAfter + Back) > run.Today)
        {
            last = last.Previous();
        }

        var play = new MeetingsPlay(run, texts.ToDictionary(row => row["key"], row => row["text"]), calendar);
        await run.AsideAsync(async () =>
        {
            await play.Services(services => services.GetRequiredService<ObligationRunner>().RunAsync());
            var moments = new List<(DateOnly Day, Func<Task> Act)>();
            for (Period quarter = Period.Of(PeriodKind.Quarter, half.LastDay); quarter <= last; quarter = quarter.Next())
            {
                Period held = quarter;
                moments.Add((Days(calendar, held.LastDay, CalledAfter), () => play.CallAsync(held, held == last)));
                moments.Add((Days(calendar, held.LastDay, HeldAfter), () => play.HoldAsync(held, held == last)));
                moments.Add((Days(calendar, held.LastDay, IssuedAfter), () => play.IssueAsync(held, held == last)));
            }

            moments.Add((Days(calendar, half.LastDay, ReportedAfter), () => play.ReportAsync(half)));
            foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("matters"))
            {
                moments.Add((Days(calendar, run.Today, -int.Parse(row["workdaysAgo"], CultureInfo.InvariantCulture)), () => play.MatterAsync(row)));
            }

            for (int i = 0; i < run.Pack.Table("resolutions").Count; i++)
            {
                int number = i;
                IReadOnlyDictionary<string, string> row = run.Pack.Table("resolutions")[i];
                foreach (string[] move in row["moves"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(move => move.Split(':', '=')))
                {
                    moments.Add((Days(calendar, last.LastDay, IssuedAfter + int.Parse(move[0], CultureInfo.InvariantCulture)), () => play.MoveAsync(number, row, move)));
                }
            }

            foreach ((DateOnly day, Func<Task> act) in moments.Where(one => one.Day <= run.Today).OrderBy(one => one.Day))
            {
                run.GoTo(calendar.WorkdaysBetween(day, run.Today));
                run.Pass(30);
                await act();
            }

            run.GoTo(0);
            await play.Services(services => services.GetRequiredService<ObligationRunner>().RunAsync());
            await play.DraftAsync(half.Next());
        }, half.LastDay);
    }

    internal static DateOnly Days(WorkCalendar calendar, DateOnly from, int workdays) => calendar.AddWorkdays(from, workdays).DueOn;
}
