using System.Globalization;
using System.Text.Json;
using FsCheck.Xunit;
using Lodestone.Kernel.Calendar;

namespace Lodestone.Tests.Kernel.Calendar;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026", PeriodKind.Year, 1, 2026001, "2026-01-01", "2026-12-31")]
    [InlineData("2026H1", PeriodKind.Half, 1, 2026101, "2026-01-01", "2026-06-30")]
    [InlineData("2026H2", PeriodKind.Half, 2, 2026102, "2026-07-01", "2026-12-31")]
    [InlineData("2026Q3", PeriodKind.Quarter, 3, 2026203, "2026-07-01", "2026-09-30")]
    [InlineData("2026M02", PeriodKind.Month, 2, 2026302, "2026-02-01", "2026-02-28")]
    [InlineData("2026M12", PeriodKind.Month, 12, 2026312, "2026-12-01", "2026-12-31")]
    public void A_period_is_written_and_read(string text, PeriodKind kind, int ordinal, int code, string first, string last)
    {
        var period = Period.Parse(text);

        Assert.Equal(new Period(kind, 2026, ordinal), period);
        Assert.Equal(text, period.ToString());
        Assert.Equal(code, period.Code);
        Assert.Equal(period, Period.FromCode(code));
        Assert.Equal(first, period.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(last, period.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("1999")]
    [InlineData("2100")]
    [InlineData("2026 ")]
    [InlineData(" 2026")]
    [InlineData("+026")]
    [InlineData("２０２６")]
    [InlineData("2026Q")]
    [InlineData("2026Q0")]
    [InlineData("2026Q5")]
    [InlineData("2026q1")]
    [InlineData("2026Q01")]
    [InlineData("2026H3")]
    [InlineData("2026M1")]
    [InlineData("2026M00")]
    [InlineData("2026M13")]
    [InlineData("2026M+1")]
    [InlineData("2026-01")]
    [InlineData("2026W01")]
    public void Nothing_else_is_a_period(string? text)
    {
        Assert.False(Period.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Period.Parse(text!));
    }

    [Theory]
    [InlineData("2026", "2027", "2025", "2025")]
    [InlineData("2026H1", "2026H2", "2025H2", "2025H1")]
    [InlineData("2026Q4", "2027Q1", "2026Q3", "2025Q4")]
    [InlineData("2026M01", "2026M02", "2025M12", "2025M01")]
    public void A_period_has_neighbours(string text, string next, string previous, string lastYear)
    {
        var period = Period.Parse(text);

        Assert.Equal(next, period.Next().ToString());
        Assert.Equal(previous, period.Previous().ToString());
        Assert.Equal(lastYear, period.SameOfLastYear().ToString());
    }

    [Theory]
    [InlineData("2026", "2026 年", "2026")]
    [InlineData("2026H1", "2026 年上半年", "2026 H1")]
    [InlineData("2026H2", "2026 年下半年", "2026 H2")]
    [InlineData("2026Q1", "2026 年一季度", "2026 Q1")]
    [InlineData("2026Q2", "2026 年二季度", "2026 Q2")]
    [InlineData("2026Q3", "2026 年三季度", "2026 Q3")]
    [InlineData("2026Q4", "2026 年四季度", "2026 Q4")]
    [InlineData("2026M03", "2026 年 3 月", "March 2026")]
    public void A_period_is_named_in_the_readers_language(string text, string chinese, string english)
    {
        var period = Period.Parse(text);

        Assert.Equal(chinese, period.Label(CultureInfo.GetCultureInfo("zh-CN")));
        Assert.Equal(english, period.Label(CultureInfo.GetCultureInfo("en")));
        Assert.Equal(english, period.Label(CultureInfo.GetCultureInfo("en-GB")));
    }

    [Theory]
    [InlineData("2026", "2026", true)]
    [InlineData("2026", "2026M12", true)]
    [InlineData("2026H1", "2026Q2", true)]
    [InlineData("2026H1", "2026Q3", false)]
    [InlineData("2026Q1", "2026H1", false)]
    [InlineData("2026Q1", "2025M01", false)]
    public void A_period_contains_what_lies_wholly_within(string outer, string inner, bool contains)
    {
        Assert.Equal(contains, Period.Parse(outer).Contains(Period.Parse(inner)));
    }

    [Fact]
    public void Periods_sort_by_first_day_and_the_longer_first()
    {
        string[] sorted = ["2025M12", "2026", "2026H1", "2026Q1", "2026M01", "2026M02", "2026Q2", "2026H2", "2027"];

        Assert.Equal(sorted, sorted.Reverse().Select(text => Period.Parse(text)).Order().Select(period => period.ToString()));
        Assert.True(Period.Parse("2026Q1") < Period.Parse("2026Q2"));
        Assert.True(Period.Parse("2026Q2") >= Period.Parse("2026Q2"));
    }

    [Fact]
    public void A_period_is_a_text_in_json()
    {
        var period = Period.Parse("2026Q1");

        Assert.Equal("\"2026Q1\"", JsonSerializer.Serialize(period));
        Assert.Equal(period, JsonSerializer.Deserialize<Period>("\"2026Q1\""));
        Assert.Equal("{\"2026Q1\":1}", JsonSerializer.Serialize(new Dictionary<Period, int> { [period] = 1 }));
        Assert.Equal(1, JsonSerializer.Deserialize<Dictionary<Period, int>>("{\"2026Q1\":1}")![period]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Period>("\"2026Q9\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Period>("2026"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Period>("null"));
    }

    [Theory]
    [InlineData(PeriodKind.Quarter, 2026, 5)]
    [InlineData(PeriodKind.Year, 2026, 0)]
    [InlineData((PeriodKind)4, 2026, 1)]
    [InlineData(PeriodKind.Month, 0, 1)]
    public void A_period_that_does_not_exist_cannot_be_made(PeriodKind kind, int year, int ordinal)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(kind, year, ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => Period.FromCode((year * 1000) + ((int)kind * 100) + ordinal));
    }

    [Property(MaxTest = 500)]
    public void Every_day_lies_in_exactly_one_period_of_a_kind(ushort offset)
    {
        var day = new DateOnly(2001, 1, 1).AddDays(offset % 35000);
        foreach (var kind in Enum.GetValues<PeriodKind>())
        {
            var period = Period.Of(kind, day);

            Assert.True(period.Contains(day));
            Assert.Equal(period.LastDay.AddDays(1), period.Next().FirstDay);
            Assert.Equal(period, period.Next().Previous());
            Assert.Equal(period, Period.FromCode(period.Code));
            Assert.Equal(period, Period.Parse(period.ToString()));
            Assert.True(period.Code < period.Next().Code && period < period.Next());
        }
    }
}
