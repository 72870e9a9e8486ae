using System.Globalization;
using FsCheck;
using FsCheck.Xunit;
using Lodestone.Kernel.Calendar;

namespace Lodestone.Tests.Kernel.Calendar;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Published;

    [Theory]
    [InlineData("2026-02-13", 5, "2026-02-27", false)] // Monday to Friday alone would give 02-20
    [InlineData("2026-01-30", 20, "2026-03-05", false)]
    [InlineData("2026-02-14", 0, "2026-02-14", false)]
    [InlineData("2026-09-30", 1, "2026-10-08", false)]
    [InlineData("2026-10-09", 1, "2026-10-10", false)] // a worked Saturday
    [InlineData("2026-10-12", -1, "2026-10-10", false)]
    [InlineData("2026-10-11", -1, "2026-10-10", false)]
    [InlineData("2026-02-27", -3, "2026-02-24", false)]
    [InlineData("2026-12-30", 1, "2026-12-31", false)]
    [InlineData("2026-12-30", 2, "2027-01-01", true)]
    [InlineData("2026-12-31", 0, "2026-12-31", false)]
    [InlineData("2027-01-01", -1, "2026-12-31", false)] // no day of 2027 is counted
    [InlineData("2027-01-04", -1, "2027-01-01", true)]
    [InlineData("2007-01-04", -1, "2006-12-31", true)] // worked by the notice of 2007, but 2006 has no notice
    public void The_day_of_the_event_is_day_zero(string from, int workdays, string due, bool provisional)
    {
        Assert.Equal(new DueDate(Day(due), provisional), Calendar.AddWorkdays(Day(from), workdays));
    }

    [Theory]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_its_working_days(int year, int workdays)
    {
        Assert.Equal(workdays, Calendar.WorkdaysBetween(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)));
    }

    [Fact]
    public void Every_day_agrees_with_the_shared_table()
    {
        var table = new Dictionary<DateOnly, string>();
        foreach (var row in SharedData.Rows("holidays.csv").OrderBy(row => int.Parse(row[0], CultureInfo.InvariantCulture)))
        {
            table[Day(row[1])] = row[3];
        }

        for (var day = new DateOnly(2007, 1, 1); day.Year <= 2026; day = day.AddDays(1))
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var worked = table.TryGetValue(day, out var kind) ? kind == "work" : !weekend;
            Assert.True(worked == Calendar.IsWorkday(day), $"{day:yyyy-MM-dd}");
        }
    }

    [Fact]
    public void The_notices_name_where_they_were_published()
    {
        var links = SharedData.Rows("holiday-notices.csv").ToLookup(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => row[1]);

        Assert.Equal(links.Select(year => year.Key).Order(), Calendar.PublishedYears);
        Assert.All(Calendar.PublishedYears, year => Assert.Equal(links[year], Calendar.NoticeLinks(year)));
        Assert.Empty(Calendar.NoticeLinks(2027));
    }

    [Fact]
    public void A_published_year_is_known_and_its_days_have_names()
    {
        Assert.True(Calendar.IsPublished(2026));
        Assert.False(Calendar.IsPublished(2027));
        Assert.Equal(new NoticeDay(Day("2026-10-10"), "国庆节", DayKind.Work), Calendar.Named(Day("2026-10-10")));
        Assert.Null(Calendar.Named(Day("2026-10-12")));
    }

    [Fact]
    public void A_new_notice_settles_provisional_dates_and_may_change_the_december_before()
    {
        NoticeDay[] days = [new(Day("2026-12-31"), "元旦", DayKind.Off), new(Day("2027-01-01"), "元旦", DayKind.Off)];
        var known = Calendar.WithNotice(2027, days, ["https://www.gov.cn/"]);

        Assert.Equal(new DueDate(Day("2026-12-31"), false), Calendar.AddWorkdays(Day("2026-12-30"), 1));
        Assert.Equal(new DueDate(Day("2027-01-04"), false), known.AddWorkdays(Day("2026-12-30"), 1));
        Assert.True(known.IsPublished(2027));
        Assert.Equal(["https://www.gov.cn/"], known.NoticeLinks(2027));
        Assert.False(Calendar.IsPublished(2027));
        Assert.NotEqual(Calendar.Version, known.Version);
    }

    [Fact]
    public void When_two_notices_name_a_day_the_later_holds_in_whichever_order_they_arrive()
    {
        var day = Day("2030-12-31");
        NoticeDay[] off = [new(day, "元旦", DayKind.Off)];
        NoticeDay[] work = [new(day, "元旦", DayKind.Work)];

        var forward = Calendar.WithNotice(2030, work).WithNotice(2031, off);
        var backward = Calendar.WithNotice(2031, off).WithNotice(2030, work);

        Assert.False(forward.IsWorkday(day));
        Assert.False(backward.IsWorkday(day));
        Assert.Equal(forward.Version, backward.Version);
    }

    [Fact]
    public void The_version_names_the_content()
    {
        var days = Enumerable.Range(0, 366).Select(offset => Calendar.Named(new DateOnly(2026, 1, 1).AddDays(offset))).OfType<NoticeDay>().ToList();

        Assert.Matches("^[0-9a-f]{16}$", Calendar.Version);
        Assert.Equal(Calendar.Version, Calendar.WithNotice(2026, days.Where(day => day.Date.Year == 2026)).Version);
        Assert.NotEqual(Calendar.Version, Calendar.WithNotice(2026, days.Skip(1)).Version);
        Assert.NotEqual(Calendar.Version, Calendar.WithNotice(2027, []).Version);
    }

    [Fact]
    public void A_notice_that_contradicts_itself_is_refused()
    {
        NoticeDay off = new(Day("2027-01-01"), "元旦", DayKind.Off);

        Assert.Throws<ArgumentException>(() => Calendar.WithNotice(2027, [off, off with { Kind = DayKind.Work }]));
        Assert.Throws<ArgumentException>(() => Calendar.WithNotice(2029, [off]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.WithNotice(2101, []));
    }

    [Fact]
    public void A_day_outside_the_calendar_is_refused_by_name()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkdays(Day("1999-12-31"), 1));

        Assert.Contains("2000-01-01 to 2100-12-31, not 1999-12-31", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.IsWorkday(Day("2101-01-01")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.WorkdaysBetween(Day("2026-01-01"), Day("2101-01-01")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkdays(Day("2100-12-30"), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkdays(Day("2000-01-04"), -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkdays(Day("2026-01-01"), int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.AddWorkdays(Day("2026-01-01"), int.MinValue));
    }

    [Property(MaxTest = 1000)]
    public void Adding_working_days_agrees_with_a_walk_day_by_day(ushort offset, sbyte count)
    {
        var from = new DateOnly(2005, 1, 1).AddDays(offset % 8500);
        var day = from;
        var provisional = false;
        for (var left = Math.Abs((int)count); left > 0;)
        {
            day = day.AddDays(Math.Sign(count));
            provisional |= !Calendar.IsPublished(day.Year);
            left -= Calendar.IsWorkday(day) ? 1 : 0;
        }

        Assert.Equal(new DueDate(day, provisional), Calendar.AddWorkdays(from, count));
    }

    [Property(MaxTest = 500)]
    public void Counting_between_agrees_with_a_walk_and_adds_up(ushort first, ushort length, ushort third)
    {
        var from = new DateOnly(2005, 1, 1).AddDays(first % 8000);
        var to = from.AddDays(length % 700);
        var elsewhere = new DateOnly(2005, 1, 1).AddDays(third % 8000);
        var walked = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            walked += Calendar.IsWorkday(day) ? 1 : 0;
        }

        Assert.Equal(walked, Calendar.WorkdaysBetween(from, to));
        Assert.Equal(-walked, Calendar.WorkdaysBetween(to, from));
        Assert.Equal(walked, Calendar.WorkdaysBetween(from, elsewhere) + Calendar.WorkdaysBetween(elsewhere, to));
    }

    [Property(MaxTest = 500)]
    public void What_was_added_is_what_lies_between(ushort offset, PositiveInt count)
    {
        var from = new DateOnly(2005, 1, 1).AddDays(offset % 8000);

        var due = Calendar.AddWorkdays(from, count.Get).DueOn;

        Assert.True(Calendar.IsWorkday(due));
        Assert.Equal(count.Get, Calendar.WorkdaysBetween(from, due));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
