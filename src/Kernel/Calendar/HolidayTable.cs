using System.Collections.Immutable;
using System.Globalization;

namespace Lodestone.Kernel.Calendar;

/// <summary>One year's notice: the days it names and where it was published. A second notice of the same year is merged into it.</summary>
internal sealed record HolidayNotice(int Year, ImmutableArray<NoticeDay> Days, ImmutableArray<string> Links);

/// <summary>Reads the product's own tables, <c>holidays.csv</c> and <c>holiday-notices.csv</c>, embedded in this assembly.</summary>
internal static class HolidayTable
{
    internal static ImmutableSortedDictionary<int, HolidayNotice> Read()
    {
        var days = Rows("calendar/holidays.csv", "notice_year,date,name,kind").ToLookup(row => Number(row[0]), Day);
        var links = Rows("calendar/holiday-notices.csv", "year,notice").ToLookup(row => Number(row[0]), row => row[1]);
        return days.ToImmutableSortedDictionary(
            year => year.Key,
            year => new HolidayNotice(year.Key, [.. year.OrderBy(day => day.Date)], [.. links[year.Key]]));
    }

    private static NoticeDay Day(string[] row) => new(
        DateOnly.ParseExact(row[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        row[2],
        row[3] switch
        {
            "off" => DayKind.Off,
            "work" => DayKind.Work,
            _ => throw new InvalidDataException($"holidays.csv: '{row[3]}' on {row[1]} is neither off nor work."),
        });

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string resource, string header)
    {
        using var stream = typeof(HolidayTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"The table {resource} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        if (reader.ReadLine() != header)
        {
            throw new InvalidDataException($"The table {resource} does not start with '{header}'.");
        }

        var columns = header.Split(',').Length;
        while (reader.ReadLine() is { } line)
        {
            var row = line.Split(',');
            yield return row.Length == columns
                ? row
                : throw new InvalidDataException($"The table {resource} has a row with {row.Length} columns: '{line}'.");
        }
    }
}
