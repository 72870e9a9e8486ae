using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;

namespace Lodestone.Kernel.Calendar;

/// <summary>How long a period is. The numbers are stored: never change one.</summary>
public enum PeriodKind
{
    /// <summary>A calendar year, written 2026.</summary>
    Year = 0,

    /// <summary>Half a year, written 2026H1.</summary>
    Half = 1,

    /// <summary>A quarter, written 2026Q1.</summary>
    Quarter = 2,

    /// <summary>A calendar month, written 2026M01.</summary>
    Month = 3,
}

/// <summary>
/// The stretch of time a figure is about: a year, half, quarter or month. Written 2026, 2026H1, 2026Q1 or 2026M01, and in no other way.
/// Ordered by first day, the longer before the shorter. <c>default</c> is no period.
/// </summary>
[JsonConverter(typeof(PeriodJsonConverter))]
public readonly record struct Period : IParsable<Period>, IComparable<Period>
{
    /// <summary>
    /// The years that can be written. Narrower than what the work calendar knows, so that a date counted from a period's end stays inside it.
    /// Stepping (<see cref="Previous"/>, <see cref="SameOfLastYear"/>) may leave them.
    /// </summary>
    public const int FirstYear = 2000;

    /// <inheritdoc cref="FirstYear"/>
    public const int LastYear = 2099;

    private static readonly ResourceManager Words = new(typeof(Period));

    /// <param name="kind">How long it is.</param>
    /// <param name="year">The calendar year, 1-9998.</param>
    /// <param name="ordinal">1 for a year, 1-2 for a half, 1-4 for a quarter, 1-12 for a month.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period.</exception>
    public Period(PeriodKind kind, int year, int ordinal)
    {
        if (year is < 1 or > 9998)
        {
            throw new ArgumentOutOfRangeException(nameof(year), year, "A period's year is 1 to 9998.");
        }

        if (ordinal < 1 || ordinal > InYear(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"A year has 1 to {InYear(kind)} periods of kind {kind}.");
        }

        Kind = kind;
        Year = year;
        Ordinal = ordinal;
    }

    /// <summary>How long it is.</summary>
    public PeriodKind Kind { get; }

    /// <summary>The calendar year it lies in.</summary>
    public int Year { get; }

    /// <summary>Its place among its kind in the year, from 1.</summary>
    public int Ordinal { get; }

    /// <summary>The whole number the database keeps: year * 1000 + kind * 100 + ordinal; ordered by time within a kind.</summary>
    public int Code => (Year * 1000) + ((int)Kind * 100) + Ordinal;

    /// <summary>The first legal day.</summary>
    public DateOnly FirstDay => new(Year, ((Ordinal - 1) * Months(Kind)) + 1, 1);

    /// <summary>The last legal day.</summary>
    public DateOnly LastDay => FirstDay.AddMonths(Months(Kind)).AddDays(-1);

    /// <summary>Reads <see cref="Code"/> back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No period has this code.</exception>
    public static Period FromCode(int code) => new((PeriodKind)(code / 100 % 10), code / 1000, code % 100);

    /// <summary>The period of this kind that the day lies in.</summary>
    public static Period Of(PeriodKind kind, DateOnly day) => new(kind, day.Year, ((day.Month - 1) / Months(kind)) + 1);

    /// <summary>Reads 2026, 2026H1, 2026Q1 or 2026M01, of the years 2000-2099.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (text is null || text.Length < 4 || !TryNumber(text.AsSpan(0, 4), out var year) || year is < FirstYear or > LastYear)
        {
            return false;
        }

        if (text.Length == 4)
        {
            period = new Period(PeriodKind.Year, year, 1);
            return true;
        }

        PeriodKind? kind = (text[4], text.Length) switch
        {
            ('H', 6) => PeriodKind.Half,
            ('Q', 6) => PeriodKind.Quarter,
            ('M', 7) => PeriodKind.Month,
            _ => null,
        };
        if (kind is null || !TryNumber(text.AsSpan(5), out var ordinal) || ordinal < 1 || ordinal > InYear(kind.Value))
        {
            return false;
        }

        period = new Period(kind.Value, year, ordinal);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Period result) => TryParse(s, out result);

    /// <summary>Reads a period or refuses.</summary>
    /// <exception cref="FormatException">The text is not a period.</exception>
    public static Period Parse(string text) => TryParse(text, out var period)
        ? period
        : throw new FormatException($"'{text}' is not a period: write 2026, 2026H1, 2026Q1 or 2026M01.");

    // The written form is the same in every culture; a public overload would make every caller name one.
    static Period IParsable<Period>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>The period of the same kind that follows.</summary>
    public Period Next() => Ordinal < InYear(Kind) ? new(Kind, Year, Ordinal + 1) : new(Kind, Year + 1, 1);

    /// <summary>The period of the same kind before: what "change over last period" (环比) compares with.</summary>
    public Period Previous() => Ordinal > 1 ? new(Kind, Year, Ordinal - 1) : new(Kind, Year - 1, InYear(Kind));

    /// <summary>The same period a year earlier: what "change over last year" (同比) compares with.</summary>
    public Period SameOfLastYear() => new(Kind, Year - 1, Ordinal);

    /// <summary>Whether the other lies wholly within this one; a period contains itself.</summary>
    public bool Contains(Period other) => FirstDay <= other.FirstDay && other.LastDay <= LastDay;

    /// <summary>Whether the day lies within this period.</summary>
    public bool Contains(DateOnly day) => FirstDay <= day && day <= LastDay;

    /// <summary>The period in a reader's words: 2026 年三季度, 2026 Q3.</summary>
    public string Label(CultureInfo culture)
    {
        var key = Kind is PeriodKind.Half or PeriodKind.Quarter ? $"{Kind}{Ordinal}" : Kind.ToString();
        return string.Format(culture, Words.GetString(key, culture)!, Year, Ordinal, FirstDay);
    }

    /// <inheritdoc/>
    public int CompareTo(Period other) => (Year, FirstMonth, Kind).CompareTo((other.Year, other.FirstMonth, other.Kind));

    /// <summary>The written form: 2026, 2026H1, 2026Q1, 2026M01.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Year => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}"),
        PeriodKind.Half => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}H{Ordinal}"),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}Q{Ordinal}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}M{Ordinal:D2}"),
    };

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after the other.</summary>
    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is the other or comes before it.</summary>
    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is the other or comes after it.</summary>
    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    private int FirstMonth => (Ordinal - 1) * Months(Kind);

    private static int InYear(PeriodKind kind) => 12 / Months(kind);

    private static int Months(PeriodKind kind) => kind switch
    {
        PeriodKind.Year => 12,
        PeriodKind.Half => 6,
        PeriodKind.Quarter => 3,
        PeriodKind.Month => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A period is a year, a half, a quarter or a month."),
    };

    // NumberStyles.None takes ASCII digits only: no sign, no space.
    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
