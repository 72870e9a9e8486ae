using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A unit's contributions of a year (用稿统计).</summary>
/// <param name="Submitted">By quarter, by the day they were sent in.</param>
/// <param name="Adopted">By quarter, by the day they were published.</param>
internal sealed record LeagueLine(int Place, string Unit, string UnitName, IReadOnlyList<int> Submitted, IReadOnlyList<int> Adopted)
{
    public int AllSubmitted => Submitted.Sum();

    public int AllAdopted => Adopted.Sum();
}

/// <summary>Counts contributions by unit and quarter, within the actor's scope.</summary>
internal sealed class ContributionLeague(PlatformDb db, Words words)
{
    private const int Quarters = 4;

    private static readonly string[] s_kinds = [OrganisationKind.Department, OrganisationKind.District, OrganisationKind.Park, OrganisationKind.Committee, OrganisationKind.Institution];

    /// <summary>Every unit, the most published first; equals share a place. Who sent nothing stands at the end.</summary>
    public async Task<IReadOnlyList<LeagueLine>> ReadAsync(int year, CancellationToken cancel = default)
    {
        (DateOnly first, DateOnly last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var rows = await db.Set<Contribution>().AsNoTracking()
            .Where(row => (row.SubmittedOn >= first && row.SubmittedOn <= last) || (row.AdoptedOn >= first && row.AdoptedOn <= last))
            .Select(row => new { row.OrganisationId, row.SubmittedOn, row.AdoptedOn }).ToListAsync(cancel);
        var counted = rows.ToLookup(row => row.OrganisationId);
        var units = await db.Set<Organisation>().AsNoTracking().Where(row => s_kinds.Contains(row.Kind) && row.ClosedOn == null).OrderBy(row => row.Code)
            .Select(row => new { row.Id, row.Code, row.Name, row.Path }).ToListAsync(cancel);
        List<LeagueLine> lines =
        [
            .. units.Where(unit => db.Actor.Sees(unit.Path)).Select(unit => new LeagueLine(0, unit.Code, unit.Name,
                    Count(counted[unit.Id].Select(row => row.SubmittedOn), year), Count(counted[unit.Id].Select(row => row.AdoptedOn), year)))
                .OrderByDescending(line => line.AllAdopted).ThenByDescending(line => line.AllSubmitted).ThenBy(line => line.Unit, StringComparer.Ordinal),
        ];
        for (int i = 0; i < lines.Count; i++)
        {
            bool shared = i > 0 && (lines[i].AllAdopted, lines[i].AllSubmitted) == (lines[i - 1].AllAdopted, lines[i - 1].AllSubmitted);
            lines[i] = lines[i] with { Place = shared ? lines[i - 1].Place : i + 1 };
        }

        return lines;
    }

    /// <summary>The same as a workbook.</summary>
    public async Task<byte[]> WriteAsync(int year, CancellationToken cancel = default)
    {
        IReadOnlyList<LeagueLine> lines = await ReadAsync(year, cancel);
        using var content = new MemoryStream();
        await using (Spreadsheet book = await Spreadsheet.CreateNewAsync(content, cancellationToken: cancel))
        {
            var bold = new Style();
            bold.Font.Bold = true;
            StyleId strong = book.AddStyle(bold);
            await book.StartWorksheetAsync($"{year}", token: cancel);
            int[] quarters = [.. Enumerable.Range(1, Quarters)];
            await book.AddRowAsync(
            [
                .. ((string[])
                [
                    words.Say("pieces.place"), words.Say("word.organisation"), .. quarters.Select(quarter => words.Say("pieces.submitted-in", quarter)),
                    .. quarters.Select(quarter => words.Say("pieces.adopted-in", quarter)), words.Say("pieces.submitted"), words.Say("pieces.adopted"),
                ]).Select(head => new StyledCell(head, strong)),
            ], cancel);
            foreach (LeagueLine line in lines)
            {
                await book.AddRowAsync(
                [
                    new StyledCell(line.Place, null), new StyledCell(line.UnitName, null), .. line.Submitted.Concat(line.Adopted).Select(count => new StyledCell(count, null)),
                    new StyledCell(line.AllSubmitted, null), new StyledCell(line.AllAdopted, null),
                ], cancel);
            }

            await book.FinishAsync(cancel);
        }

        return content.ToArray();
    }

    private static int[] Count(IEnumerable<DateOnly?> days, int year)
    {
        int[] quarters = new int[Quarters];
        foreach (DateOnly day in days.OfType<DateOnly>().Where(day => day.Year == year))
        {
            quarters[Period.Of(PeriodKind.Quarter, day).Ordinal - 1]++;
        }

        return quarters;
    }
}
