using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Indicators;

/// <summary>A value as its owner states it, in whole smallest units.</summary>
public sealed record CellValue(Indicator Indicator, long Value);

/// <summary>The one writer of values and of their approvals. Everything it adds is written by the next save.</summary>
public sealed partial class ObservationBook(PlatformDb db, Ids ids, TimeProvider clock, IEnumerable<IObservationWatcher> watchers)
{
    /// <summary>Appends a revision for each value that differs from the cell's last one.</summary>
    /// <param name="owner">Proof that the writer owns the cells.</param>
    /// <param name="file">The case whose approval will make the values count.</param>
    /// <param name="reason">Why approved values change; null in a first return.</param>
    public async Task<IReadOnlyList<Observation>> RecordAsync(
        CellOwner owner, CaseView file, Period period, IReadOnlyList<CellValue> values, string? reason, CancellationToken cancel = default)
    {
        long[] indicators = [.. values.Select(value => value.Indicator.Id)];
        Dictionary<long, Observation> last = (await db.Set<Observation>().AsNoTracking()
                .Where(row => row.OrganisationId == owner.Organisation.Id && row.Period == period && indicators.Contains(row.IndicatorId))
                .ToListAsync(cancel))
            .GroupBy(row => row.IndicatorId)
            .ToDictionary(cell => cell.Key, cell => cell.MaxBy(row => row.Revision)!);
        DateTimeOffset now = clock.Instant();
        var written = new List<Observation>();
        foreach (CellValue value in values)
        {
            Observation? before = last.GetValueOrDefault(value.Indicator.Id);
            if (before is not null && before.Value == value.Value && before.CaseId == file.Id)
            {
                continue;
            }

            int revision = (before?.Revision ?? 0) + 1;
            var row = new Observation
            {
                Id = await ids.NextAsync(cancel),
                IndicatorId = value.Indicator.Id,
                OrganisationId = owner.Organisation.Id,
                Period = period,
                Revision = revision,
                Value = value.Value,
                CaseId = file.Id,
                PredecessorId = before?.Id,
                Reason = reason,
                RecordedAt = now,
                RecordedBy = db.Actor.UserId,
                Hash = HashOf(value.Indicator.Code, owner.Organisation.Code, period, revision, value.Value, before?.Hash, now),
            };
            db.Add(row);
            written.Add(row);
        }

        return written;
    }

    /// <summary>A level approves the case's values. At the final level they count from now on.</summary>
    public async Task ApproveAsync(CaseView file, string workflow, int level, bool final, Period period, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        db.Add(new Approval
        {
            Id = await ids.NextAsync(cancel),
            CaseId = file.Id,
            Workflow = workflow,
            Level = level,
            Final = final,
            OrganisationId = file.OrganisationId,
            Period = period,
            GrantedAt = now,
            GrantedBy = db.Actor.UserId,
        });
        if (!final)
        {
            return;
        }

        List<Observation> rows = await db.Set<Observation>().AsNoTracking().Where(row => row.CaseId == file.Id).ToListAsync(cancel);
        Observation[] approved = [.. rows.GroupBy(row => row.IndicatorId).Select(cell => cell.MaxBy(row => row.Revision)!)];
        foreach (IObservationWatcher watcher in watchers)
        {
            await watcher.ApprovedAsync(file, approved, now, cancel);
        }
    }

    /// <summary>Takes back this level's approval and nothing below it.</summary>
    /// <exception cref="Refusal"><c>observation.in-use</c>: a score already rests on a value.</exception>
    public async Task WithdrawAsync(CaseView file, int level, CancellationToken cancel = default)
    {
        Approval approval = await db.Set<Approval>()
            .FirstAsync(row => row.CaseId == file.Id && row.Level == level && row.WithdrawnAt == null, cancel);
        if (approval.Final)
        {
            long[] values = await db.Set<Observation>().Where(row => row.CaseId == file.Id).Select(row => row.Id).ToArrayAsync(cancel);
            foreach (IObservationWatcher watcher in watchers)
            {
                if (await watcher.HoldsAsync(values, cancel))
                {
                    throw new Refusal("observation.in-use");
                }
            }
        }

        approval.WithdrawnAt = clock.Instant();
        approval.WithdrawnBy = db.Actor.UserId;
        approval.Version++;
    }

    /// <summary>
    /// A score begins to rest on these approved values. Written by the next save, which is refused as stale when one of their approvals
    /// is withdrawn in the meantime.
    /// </summary>
    public async Task RestOnAsync(IReadOnlyCollection<long> observations, CancellationToken cancel = default)
    {
        long[] cases = await db.Set<Observation>().Where(row => observations.Contains(row.Id)).Select(row => row.CaseId).Distinct().ToArrayAsync(cancel);
        Approval[] approvals = await db.Set<Approval>().Where(row => cases.Contains(row.CaseId) && row.Final && row.WithdrawnAt == null).ToArrayAsync(cancel);
        if (approvals.Length != cases.Length)
        {
            throw Refusal.Stale();
        }

        foreach (Approval approval in approvals)
        {
            approval.Version++;
        }
    }

    /// <summary>Sent back: every level that had approved begins anew.</summary>
    public async Task VoidAsync(CaseView file, CancellationToken cancel = default)
    {
        DateTimeOffset now = clock.Instant();
        foreach (Approval approval in await db.Set<Approval>().Where(row => row.CaseId == file.Id && row.WithdrawnAt == null).ToListAsync(cancel))
        {
            approval.WithdrawnAt = now;
            approval.WithdrawnBy = db.Actor.UserId;
            approval.Version++;
        }
    }

    internal static string HashOf(
        string indicator, string organisation, Period period, int revision, long value, string? predecessor, DateTimeOffset recordedAt)
    {
        // Ten thousands of them are made in one import: no text is made on the way.
        Span<byte> text = stackalloc byte[1024];
        if (!Utf8.TryWrite(text, CultureInfo.InvariantCulture,
            $"{indicator}\u001f{organisation}\u001f{period.ToString()}\u001f{revision}\u001f{value}\u001f{predecessor}\u001f{InstantConverter.ToMicroseconds(recordedAt)}",
            out int length))
        {
            throw new ArgumentException("A cell's codes are too long.", nameof(indicator));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>A mechanism that builds on approved values. Called inside the approving transaction.</summary>
public interface IObservationWatcher
{
    /// <summary>The final level has just approved these values; what the watcher adds is saved together with the approval.</summary>
    Task ApprovedAsync(CaseView file, IReadOnlyList<Observation> approved, DateTimeOffset at, CancellationToken cancel);

    /// <summary>True when a result rests on any of these values, so that its approval cannot simply be taken back.</summary>
    Task<bool> HoldsAsync(IReadOnlyList<long> observations, CancellationToken cancel);
}
