using System.Data.Common;
using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;

namespace Lodestone.Kernel.Data;

/// <summary>
/// The approved values of the whole tree in this node's memory. Before every question it asks the database what was approved or taken
/// back since, so that no answer is older than its question, whichever node made the change. It knows no scope: who asks must name the
/// units that the asker sees.
/// </summary>
/// <remarks>
/// An approval is written with the instant at which its command began and may appear later than one that began after it. So each look
/// goes back <see cref="s_overlap"/> before the last instant seen and leaves out what it already knows.
/// </remarks>
public sealed class ApprovedCube(Database database) : IDisposable
{
    private const string InForce = "a.final and a.withdrawn_at is null and v.recorded_at <= a.granted_at";

    /// <summary>No command takes longer from its beginning to its commit.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _refresh = new(1, 1);
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<(long Approval, bool Withdrawn), long> _known = [];
    private ValueCube _cube = new();
    private bool _loaded;
    private long _seen;

    /// <summary>Asks a question of the values that count now.</summary>
    /// <exception cref="DbException">The database does not answer: then nobody knows what counts.</exception>
    public async Task<T> AskAsync<T>(Func<ValueCube, T> question, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        await RefreshAsync(cancel);
        _lock.EnterReadLock();
        try
        {
            return question(_cube);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Reads everything anew at the next question.</summary>
    public void Forget() => Volatile.Write(ref _loaded, false);

    public void Dispose()
    {
        _refresh.Dispose();
        _lock.Dispose();
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        await _refresh.WaitAsync(cancel);
        try
        {
            await using DbConnection connection = await database.OpenAsync(cancel);
            if (!_loaded)
            {
                await LoadAsync(connection, cancel);
                _loaded = true;
                return;
            }

            List<long> cases = await ChangedAsync(connection, cancel);
            if (cases.Count > 0)
            {
                await RereadAsync(connection, cases, cancel);
            }
        }
        finally
        {
            _refresh.Release();
        }
    }

    private async Task LoadAsync(DbConnection connection, CancellationToken cancel)
    {
        // First what is known of approvals, then the values: what comes in between is looked at again.
        _known.Clear();
        _seen = 0;
        await using (DbCommand newest = Command(connection, "select coalesce(max(granted_at), 0), coalesce(max(withdrawn_at), 0) from approval"))
        await using (DbDataReader row = await newest.ExecuteReaderAsync(cancel))
        {
            await row.ReadAsync(cancel);
            _seen = Math.Max(row.GetInt64(0), row.GetInt64(1));
        }

        await ChangedAsync(connection, cancel);
        var cube = new ValueCube();
        await using DbCommand command = Command(connection,
            $"select v.indicator_id, v.organisation_id, v.period, v.revision, v.value from observation v join approval a on a.case_id = v.case_id where {InForce}");
        await using DbDataReader values = await command.ExecuteReaderAsync(cancel);
        while (await values.ReadAsync(cancel))
        {
            Offer(cube, values);
        }

        Exchange(() => _cube = cube);
    }

    /// <summary>The cases whose approval was granted or taken back and which have not been looked at since.</summary>
    private async Task<List<long>> ChangedAsync(DbConnection connection, CancellationToken cancel)
    {
        long since = _seen - (s_overlap.Ticks / TimeSpan.TicksPerMicrosecond);
        string after = since.ToString(CultureInfo.InvariantCulture);
        await using DbCommand command = Command(connection,
            $"select id, case_id, granted_at, withdrawn_at from approval where final and (granted_at > {after} or withdrawn_at > {after})");
        var cases = new List<long>();
        await using (DbDataReader row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                bool withdrawn = !row.IsDBNull(3);
                long at = withdrawn ? row.GetInt64(3) : row.GetInt64(2);
                if (_known.TryAdd((row.GetInt64(0), withdrawn), at))
                {
                    cases.Add(row.GetInt64(1));
                    _seen = Math.Max(_seen, at);
                }
            }
        }

        foreach ((long, bool) past in _known.Where(known => known.Value <= since).Select(known => known.Key).ToList())
        {
            _known.Remove(past);
        }

        return cases;
    }

    /// <summary>What counts in each cell of the cases now: an earlier revision may count again.</summary>
    private async Task RereadAsync(DbConnection connection, List<long> cases, CancellationToken cancel)
    {
        string list = string.Join(',', cases.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var cells = new HashSet<CellKey>();
        await using (DbCommand touched = Command(connection, $"select indicator_id, organisation_id, period from observation where case_id in ({list})"))
        await using (DbDataReader row = await touched.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                cells.Add(KeyOf(row));
            }
        }

        var found = new List<(CellKey Cell, int Revision, long Value)>();
        await using (DbCommand command = Command(connection,
            $"""
            select v.indicator_id, v.organisation_id, v.period, v.revision, v.value
            from (select distinct indicator_id, organisation_id, period from observation where case_id in ({list})) t
            join observation v on v.indicator_id = t.indicator_id and v.organisation_id = t.organisation_id and v.period = t.period
            join approval a on a.case_id = v.case_id where {InForce}
            """))
        await using (DbDataReader row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                found.Add((KeyOf(row), row.GetInt32(3), row.GetInt64(4)));
            }
        }

        Exchange(() =>
        {
            foreach (CellKey cell in cells)
            {
                _cube.Clear(cell);
            }

            foreach ((CellKey cell, int revision, long value) in found)
            {
                _cube.Offer(cell, revision, value);
            }
        });
    }

    private void Exchange(Action change)
    {
        _lock.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private static void Offer(ValueCube cube, DbDataReader row) => cube.Offer(KeyOf(row), row.GetInt32(3), row.GetInt64(4));

    private static CellKey KeyOf(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), Period.FromCode(row.GetInt32(2)));

    private static DbCommand Command(DbConnection connection, string text)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
