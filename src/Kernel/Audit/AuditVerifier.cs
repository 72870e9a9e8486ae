using System.Data.Common;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Audit;

/// <summary>What is wrong with one record or seal.</summary>
/// <param name="Code"><c>edited</c>, <c>deleted</c>, <c>inserted</c>, <c>reordered</c>, <c>seal-edited</c>, <c>seal-missing</c>, <c>anchor-mismatch</c>.</param>
public sealed record AuditFinding(string Code, long? RecordId, long? Position);

/// <summary>The result of a whole check.</summary>
public sealed record AuditReport(long Records, long Sealed, long Waiting, string LastChain, IReadOnlyList<AuditFinding> Findings)
{
    public bool Sound => Findings.Count == 0;
}

/// <summary>Walks every record and every seal. Finds a changed, deleted, inserted or reordered row and names it.</summary>
public sealed class AuditVerifier(Database database, RecordDigest digest)
{
    /// <param name="anchor">A seal exported earlier (position, chain), kept outside; null when there is none.</param>
    public async Task<AuditReport> VerifyAsync((long Position, string Chain)? anchor = null, CancellationToken cancel = default)
    {
        await using DbConnection connection = await database.OpenAsync(cancel);
        var findings = new List<AuditFinding>();
        var copies = new List<(long First, long Second)>();
        Dictionary<long, string> records = await RecordsAsync(connection, findings, copies, cancel);
        HashSet<long> sealedRecords = [];
        string chain = RecordDigest.Genesis;
        long expected = 0;
        bool anchored = anchor is null;
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "select position, record_id, chain from audit_seal order by position";
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        var suspects = new List<(long Position, long Record)>();
        while (await row.ReadAsync(cancel))
        {
            (long position, long record, string stored) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2));
            for (expected++; expected < position; expected++)
            {
                findings.Add(new AuditFinding("seal-missing", null, expected));
            }

            sealedRecords.Add(record);
            if (!records.TryGetValue(record, out string? recordDigest))
            {
                findings.Add(new AuditFinding("deleted", record, position));
            }
            else if (digest.Chain(chain, position, record, recordDigest) != stored)
            {
                suspects.Add((position, record));
            }

            // Going on from the stored link keeps one fault from painting all that follows.
            chain = stored;
            if (anchor is { } kept && kept.Position == position)
            {
                anchored = kept.Chain == stored;
            }
        }

        findings.AddRange(Explain(suspects, findings));
        // Of two records with one reference the one that was never sealed is the copy.
        findings.AddRange(copies.Select(pair => new AuditFinding("inserted", sealedRecords.Contains(pair.Second) ? pair.First : pair.Second, null)));
        if (!anchored)
        {
            findings.Add(new AuditFinding("anchor-mismatch", null, anchor!.Value.Position));
        }

        await row.CloseAsync();
        long waiting = await UnsealedAsync(connection, sealedRecords, findings, cancel);
        return new AuditReport(records.Count, sealedRecords.Count, waiting, chain, findings);
    }

    /// <summary>A broken link whose record is itself whole was moved; otherwise the edit was already named.</summary>
    private static IEnumerable<AuditFinding> Explain(List<(long Position, long Record)> suspects, List<AuditFinding> known)
    {
        HashSet<long?> edited = [.. known.Where(finding => finding.Code == "edited").Select(finding => finding.RecordId)];
        foreach ((long position, long record) in suspects)
        {
            if (!edited.Contains(record))
            {
                yield return new AuditFinding("reordered", record, position);
            }
        }
    }

    private async Task<Dictionary<long, string>> RecordsAsync(
        DbConnection connection, List<AuditFinding> findings, List<(long First, long Second)> copies, CancellationToken cancel)
    {
        var records = new Dictionary<long, string>();
        var references = new Dictionary<long, long>();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText =
            """
            select id, reference, at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest
            from audit_record order by id
            """;
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            long id = row.GetInt64(0);
            string stored = row.GetString(11);
            string computed = digest.Of(row.GetInt64(1), InstantConverter.FromMicroseconds(row.GetInt64(2)), row.GetInt64(3),
                row.IsDBNull(4) ? null : row.GetInt64(4), row.GetInt64(5), row.GetString(6), row.GetString(7), row.GetInt64(8),
                row.IsDBNull(9) ? null : row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10));
            if (computed != stored)
            {
                findings.Add(new AuditFinding("edited", id, null));
            }
            else if (!references.TryAdd(row.GetInt64(1), id))
            {
                copies.Add((references[row.GetInt64(1)], id));
            }

            records[id] = stored;
        }

        return records;
    }

    /// <summary>Unsealed records above the sealed ones wait for the next seal; one among or below them was put in afterwards.</summary>
    private async Task<long> UnsealedAsync(
        DbConnection connection, HashSet<long> sealedRecords, List<AuditFinding> findings, CancellationToken cancel)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = database.Engine == Engine.Postgres
            ? """
              select r.id, coalesce((r.xact, r.id) < (select l.xact, l.id from audit_seal s join audit_record l on l.id = s.record_id
                order by s.position desc limit 1), false)
              from audit_record r where not exists (select 1 from audit_seal s where s.record_id = r.id)
              """
            : """
              select r.id, r.id < (select coalesce(max(record_id), 0) from audit_seal)
              from audit_record r where not exists (select 1 from audit_seal s where s.record_id = r.id)
              """;
        long waiting = 0;
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            bool below = Convert.ToBoolean(row.GetValue(1), System.Globalization.CultureInfo.InvariantCulture);
            long id = row.GetInt64(0);
            if (below && !sealedRecords.Contains(id) && !findings.Any(finding => finding.RecordId == id))
            {
                findings.Add(new AuditFinding("inserted", id, null));
            }
            else
            {
                waiting++;
            }
        }

        return waiting;
    }
}
