using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lodestone.Kernel.Data;

/// <summary>The two engines; everything else behaves the same on both.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Where the data is: one SQLite file, or a PostgreSQL database.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _connectionString;

    /// <summary>SQLite takes one writer; waiting here is fair, waiting inside SQLite is not.</summary>
    private readonly SemaphoreSlim? _writeGate;

    private readonly ConcurrentBag<SqliteLine> _readers = [];
    private readonly SqliteWriter? _writer;

    private Database(Engine engine, string connectionString, string? file)
    {
        Engine = engine;
        File = file;
        _connectionString = connectionString;
        if (engine == Engine.Postgres)
        {
            var source = new NpgsqlDataSourceBuilder(connectionString);
            source.ConnectionStringBuilder.MaxAutoPrepare = 200;
            source.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
            // A session keeps nothing between two uses: no SET, no temporary table, no lock that its taker does not release.
            source.ConnectionStringBuilder.NoResetOnClose = true;
            _postgres = source.Build();
        }
        else
        {
            _writeGate = new SemaphoreSlim(1, 1);
            _writer = new SqliteWriter(this);
        }
    }

    public Engine Engine { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File { get; }

    internal NpgsqlDataSource Postgres => _postgres ?? throw new InvalidOperationException("Not a PostgreSQL database.");

    /// <summary>The one writer of saves that are guarded statements only.</summary>
    internal SqliteWriter Writer => _writer ?? throw new InvalidOperationException("Not a SQLite database.");

    /// <param name="synchronous">FULL survives a power cut after every commit; NORMAL may lose the last ones, never corrupts.</param>
    public static Database OfFile(string file, string synchronous = "FULL")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            DefaultTimeout = 30,
        };
        return new Database(Engine.Sqlite, settings.ConnectionString, file) { Synchronous = synchronous };
    }

    public static Database OfServer(string connectionString) => new(Engine.Postgres, connectionString, null);

    internal string Synchronous { get; private init; } = "FULL";

    internal string SettingsText => $"pragma journal_mode = wal; pragma synchronous = {Synchronous}; pragma busy_timeout = 30000;";

    /// <summary>A connection that is not open; the context owns and opens it.</summary>
    internal DbConnection Create() => Engine == Engine.Postgres ? Postgres.CreateConnection() : new SqliteConnection(_connectionString);

    internal async Task<DbConnection> OpenAsync(CancellationToken cancel = default)
    {
        DbConnection connection = Create();
        await connection.OpenAsync(cancel);
        await PrepareAsync(connection, cancel);
        return connection;
    }

    /// <summary>SQLite settings live in the connection; WAL lives in the file and costs nothing to repeat.</summary>
    internal async Task PrepareAsync(DbConnection connection, CancellationToken cancel)
    {
        if (connection is SqliteConnection)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = SettingsText;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>A kept connection for the door's own statements.</summary>
    internal SqliteLine OpenLine()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = SettingsText;
        command.ExecuteNonQuery();
        return new SqliteLine(connection);
    }

    /// <summary>Lends a kept connection to one short read.</summary>
    internal T Read<T>(Func<SqliteLine, T> read)
    {
        SqliteLine line = _readers.TryTake(out SqliteLine? kept) ? kept : OpenLine();
        try
        {
            return read(line);
        }
        finally
        {
            _readers.Add(line);
        }
    }

    /// <summary>A short read past EF, on a kept connection; the text takes <c>$1</c>, <c>$2</c> … and names its own scope.</summary>
    internal async Task<List<T>> ReadAsync<T>(string text, object?[] values, Func<DbDataReader, T> view, CancellationToken cancel = default)
    {
        if (Engine == Engine.Sqlite)
        {
            return Read(line =>
            {
                using DbDataReader row = line.Read(text, values);
                return Rows(row, view);
            });
        }

        await using NpgsqlConnection connection = await Postgres.OpenConnectionAsync(cancel);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        PlatformDb.Bind(command.Parameters, values);
        await using NpgsqlDataReader found = await command.ExecuteReaderAsync(cancel);
        return Rows(found, view);
    }

    /// <summary>What is short has arrived with its first row, so it is read without waiting.</summary>
    private static List<T> Rows<T>(DbDataReader row, Func<DbDataReader, T> view)
    {
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(view(row));
        }

        return rows;
    }

    /// <summary>Held while a transaction writes. On PostgreSQL it costs nothing.</summary>
    internal async ValueTask<IDisposable?> WriteAsync(CancellationToken cancel)
    {
        if (_writeGate is null)
        {
            return null;
        }

        await _writeGate.WaitAsync(cancel);
        return new Pass(_writeGate);
    }

    public async ValueTask DisposeAsync()
    {
        _writeGate?.Dispose();
        _writer?.Dispose();
        while (_readers.TryTake(out SqliteLine? reader))
        {
            reader.Dispose();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
