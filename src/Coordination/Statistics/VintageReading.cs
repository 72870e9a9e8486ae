using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A time in which a revision counted.</summary>
/// <param name="Until">Null while it counts.</param>
internal sealed record CountedSpan(DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>A revision of a cell, and when it counted.</summary>
/// <param name="By">Display name of who wrote it.</param>
/// <param name="Reason">Why it departs from an approved value; null for others.</param>
/// <param name="Counted">In order of time; empty when it never counted.</param>
internal sealed record Vintage(int Revision, long Value, DateTimeOffset RecordedAt, string By, string? Reason, IReadOnlyList<CountedSpan> Counted)
{
    public bool Counts => Counted.Count > 0 && Counted[^1].Until is null;

    public bool CountedAt(DateTimeOffset moment) => Counted.Any(span => span.Since <= moment && (span.Until is not { } end || end > moment));
}

/// <summary>All revisions of one cell, oldest first.</summary>
internal sealed record CellVintages(Indicator Indicator, IReadOnlyList<Vintage> Vintages);

/// <summary>Reads how the values of a return came to be (preliminary, verified, revised). Nothing is ever overwritten.</summary>
internal sealed class VintageReading(PlatformDb db)
{
    public async Task<IReadOnlyList<CellVintages>> ReadAsync(ReturnFile file, CancellationToken cancel = default)
    {
        long[] indicators = [.. file.Indicators.Select(row => row.Id)];
        long unit = file.Organisation.Id;
        List<Observation> revisions = await db.Set<Observation>().AsNoTracking()
            .Where(row => row.OrganisationId == unit && row.Period == file.Period && indicators.Contains(row.IndicatorId)).ToListAsync(cancel);
        long[] cases = [.. revisions.Select(row => row.CaseId).Distinct()];
        ILookup<long, Approval> approvals = (await db.Set<Approval>().AsNoTracking()
                .Where(row => row.OrganisationId == unit && row.Final && cases.Contains(row.CaseId)).ToListAsync(cancel))
            .ToLookup(row => row.CaseId);
        long[] users = [.. revisions.Select(row => row.RecordedBy).Distinct()];
        Dictionary<long, string> names = await db.Set<User>().Where(row => users.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancel);
        ILookup<long, Observation> cells = revisions.ToLookup(row => row.IndicatorId);
        return [.. file.Indicators.Select(indicator => new CellVintages(indicator, Of([.. cells[indicator.Id].OrderBy(row => row.Revision)], approvals, names)))];
    }

    private static List<Vintage> Of(IReadOnlyList<Observation> revisions, ILookup<long, Approval> approvals, Dictionary<long, string> names)
    {
        var spans = revisions.ToDictionary(row => row.Revision, _ => new List<CountedSpan>());
        // The winner changes only where an approval begins or ends.
        DateTimeOffset[] moments =
        [
            .. revisions.SelectMany(row => approvals[row.CaseId]).SelectMany(row => new[] { row.GrantedAt, row.WithdrawnAt ?? row.GrantedAt }).Distinct().Order(),
        ];
        for (int i = 0; i < moments.Length; i++)
        {
            DateTimeOffset since = moments[i];
            DateTimeOffset? until = i + 1 < moments.Length ? moments[i + 1] : null;
            if (revisions.LastOrDefault(row => approvals[row.CaseId].Any(approval => Covers(approval, row, since))) is not { } winner)
            {
                continue;
            }

            List<CountedSpan> counted = spans[winner.Revision];
            if (counted.Count > 0 && counted[^1].Until == since)
            {
                counted[^1] = counted[^1] with { Until = until };
            }
            else
            {
                counted.Add(new CountedSpan(since, until));
            }
        }

        return
        [
            .. revisions.Select(row => new Vintage(
                row.Revision, row.Value, row.RecordedAt, names.GetValueOrDefault(row.RecordedBy, ""), row.Reason, spans[row.Revision])),
        ];
    }

    private static bool Covers(Approval approval, Observation row, DateTimeOffset moment) =>
        row.RecordedAt <= approval.GrantedAt && approval.GrantedAt <= moment && (approval.WithdrawnAt is not { } end || end > moment);
}
