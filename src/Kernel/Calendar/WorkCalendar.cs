using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lodestone.Kernel.Calendar;

/// <summary>
/// The working days of 2000-2100: Monday to Friday, except where a State Council notice makes a day off or a weekend worked
/// (Regulation on Public Holidays for National Annual Festivals and Memorial Days, and the yearly notice under it).
/// Immutable and safe to share between threads; every question is answered in constant time.
/// </summary>
/// <remarks>
/// A day named by two notices follows the later one: a December can be changed by the next year's notice. Every member that
/// takes or yields a day outside <see cref="FirstDay"/>..<see cref="LastDay"/> throws <see cref="ArgumentOutOfRangeException"/>.
/// </remarks>
public sealed class WorkCalendar
{
    /// <summary>The first day a calendar knows.</summary>
    public static readonly DateOnly FirstDay = new(2000, 1, 1);

    /// <summary>The last day a calendar knows.</summary>
    public static readonly DateOnly LastDay = new(2100, 12, 31);

    private static readonly Lazy<WorkCalendar> FromTable = new(() => new WorkCalendar(HolidayTable.Read()));

    private readonly ImmutableSortedDictionary<int, HolidayNotice> _notices;
    private readonly Dictionary<DateOnly, NoticeDay> _named = [];

    // _through[i] = working days among the first i days; _workdays[n] = day index of the n-th working day. Each inverts the other.
    private readonly int[] _through;
    private readonly int[] _workdays;

    private WorkCalendar(ImmutableSortedDictionary<int, HolidayNotice> notices)
    {
        _notices = notices;
        foreach (var day in notices.Values.SelectMany(notice => notice.Days))
        {
            _named[day.Date] = day;
        }

        var days = LastDay.DayNumber - FirstDay.DayNumber + 1;
        var workdays = new List<int>(days);
        _through = new int[days + 1];
        for (var index = 0; index < days; index++)
        {
            if (IsWorkedBy(FirstDay.AddDays(index)))
            {
                workdays.Add(index);
            }

            _through[index + 1] = workdays.Count;
        }

        _workdays = [.. workdays];
        Version = VersionOf(notices);
    }

    /// <summary>The notices shipped with this version of the product (see README.md in this folder for their source).</summary>
    public static WorkCalendar Published => FromTable.Value;

    /// <summary>
    /// Names the content of the calendar: the first 16 hexadecimal digits of the SHA-256 over year, date and kind of every
    /// named day. Two calendars with the same version answer every question alike; a frozen round records it.
    /// </summary>
    public string Version { get; }

    /// <summary>The years that have a notice, ascending.</summary>
    public IEnumerable<int> PublishedYears => _notices.Keys;

    /// <summary>
    /// A new calendar that also knows this year's notice. The days are the whole notice: an earlier one for the same year is replaced.
    /// </summary>
    /// <param name="year">The notice's year, 2000-2100.</param>
    /// <param name="days">Every day the notice names, each once, within a year of the notice's own.</param>
    /// <param name="links">Where the notice was published.</param>
    /// <exception cref="ArgumentException">A day is named twice or is not near the year.</exception>
    public WorkCalendar WithNotice(int year, IEnumerable<NoticeDay> days, IEnumerable<string>? links = null)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstDay.Year);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastDay.Year);
        ImmutableArray<NoticeDay> named = [.. days.OrderBy(day => day.Date)];
        for (var at = 0; at < named.Length; at++)
        {
            var date = named[at].Date;
            if (date.Year < year - 1 || date.Year > year + 1 || !Enum.IsDefined(named[at].Kind))
            {
                throw new ArgumentException($"The notice of {year} cannot name {Iso(date)} as {named[at].Kind}.", nameof(days));
            }

            if (at > 0 && named[at - 1].Date == date)
            {
                throw new ArgumentException($"The notice of {year} names {Iso(date)} twice.", nameof(days));
            }
        }

        return new WorkCalendar(_notices.SetItem(year, new HolidayNotice(year, named, [.. links ?? []])));
    }

    /// <summary>Whether a notice for the year is known. Without one its days count Monday to Friday and dates are provisional.</summary>
    public bool IsPublished(int year) => _notices.ContainsKey(year);

    /// <summary>Where the year's notices were published; empty when none is known.</summary>
    public IReadOnlyList<string> NoticeLinks(int year) => _notices.TryGetValue(year, out var notice) ? notice.Links : [];

    /// <summary>What the notices say of the day, or null when none names it.</summary>
    public NoticeDay? Named(DateOnly date) => _named.TryGetValue(date, out var day) ? day : null;

    /// <summary>Whether the day is worked.</summary>
    public bool IsWorkday(DateOnly date)
    {
        var index = IndexOf(date, nameof(date));
        return _through[index + 1] > _through[index];
    }

    /// <summary>
    /// Counts working days from a day. The day of the event is day 0 and is not counted, worked or not.
    /// A positive count yields the working day on which it is used up; a negative one yields the working day that many before
    /// (for reminders); 0 yields the day itself.
    /// </summary>
    public DueDate AddWorkdays(DateOnly from, int workdays)
    {
        var index = IndexOf(from, nameof(from));
        if (workdays == 0)
        {
            return new DueDate(from, Provisional: false);
        }

        var position = workdays > 0 ? (long)_through[index + 1] + workdays - 1 : (long)_through[index] + workdays;
        if (position < 0 || position >= _workdays.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(workdays), workdays, $"{workdays} working days from {Iso(from)} leave the calendar ({Iso(FirstDay)} to {Iso(LastDay)}).");
        }

        var due = FirstDay.AddDays(_workdays[position]);
        return new DueDate(due, workdays > 0 ? IsProvisional(from, due) : IsProvisional(due.AddDays(-1), from.AddDays(-1)));
    }

    /// <summary>Whether a day after <paramref name="from"/> up to and including <paramref name="to"/> lies in a year without a notice.</summary>
    public bool IsProvisional(DateOnly from, DateOnly to)
    {
        if (from >= to)
        {
            return false;
        }

        for (var year = from.AddDays(1).Year; year <= to.Year; year++)
        {
            if (!_notices.ContainsKey(year))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when <paramref name="to"/>
    /// is earlier, so that between(a, b) + between(b, c) = between(a, c).
    /// </summary>
    public int WorkdaysBetween(DateOnly from, DateOnly to) =>
        _through[IndexOf(to, nameof(to)) + 1] - _through[IndexOf(from, nameof(from)) + 1];

    private static string VersionOf(ImmutableSortedDictionary<int, HolidayNotice> notices)
    {
        var content = new StringBuilder();
        foreach (var notice in notices.Values)
        {
            content.Append(CultureInfo.InvariantCulture, $"{notice.Year}\n");
            foreach (var day in notice.Days)
            {
                content.Append(CultureInfo.InvariantCulture, $"{Iso(day.Date)},{(int)day.Kind}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content.ToString())))[..16];
    }

    private static int IndexOf(DateOnly date, string parameter) => date >= FirstDay && date <= LastDay
        ? date.DayNumber - FirstDay.DayNumber
        : throw new ArgumentOutOfRangeException(parameter, date, $"The work calendar knows {Iso(FirstDay)} to {Iso(LastDay)}, not {Iso(date)}.");

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsWorkedBy(DateOnly date) => _named.TryGetValue(date, out var day)
        ? day.Kind == DayKind.Work
        : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
