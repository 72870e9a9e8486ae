using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;
using Microsoft.Data.Sqlite;
using Npgsql;

[assembly: AssemblyFixture(typeof(EngineUnderTest))]

namespace Lodestone.Tests.Ground;

/// <summary>
/// The engine of this process, from <c>LODESTONE_ENGINE</c> (sqlite, the default, or postgres). A template is upgraded once; each
/// class gets its own copy.
/// </summary>
public sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("lodestone-tests-").FullName;
    private PostgresServer? _server;
    private bool _ready;
    private int _copies;

    public static Engine Kind { get; } = Environment.GetEnvironmentVariable("LODESTONE_ENGINE") switch
    {
        null or "" or "sqlite" => Engine.Sqlite,
        "postgres" => Engine.Postgres,
        var other => throw new InvalidOperationException($"LODESTONE_ENGINE is sqlite or postgres, not {other}."),
    };

    private string TemplateFile => Path.Combine(_folder, "template.db");

    /// <summary>A place with its own database whose schema is up to date.</summary>
    public async Task<Place> CopyAsync()
    {
        Place place = await NewAsync("create database {0} template template_lodestone");
        if (place.File is { } file)
        {
            File.Copy(TemplateFile, file);
        }

        return place;
    }

    /// <summary>A place with an empty database: no table at all.</summary>
    public Task<Place> EmptyAsync() => NewAsync("create database {0} template template0");

    /// <summary>A copy of a place as it stands. On PostgreSQL whoever is still connected to it is sent away.</summary>
    public async Task<Place> CloneAsync(Place source)
    {
        string statement = "";
        if (source.Server is { } server)
        {
            string database = new NpgsqlConnectionStringBuilder(server).Database!;
            await _server!.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
            statement = $"create database {{0}} template {database}";
        }

        Place copy = await NewAsync(statement);
        if (source.File is { } file)
        {
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"vacuum into '{copy.File}'";
            await command.ExecuteNonQueryAsync();
        }

        foreach (string other in Directory.EnumerateFiles(source.Folder, "*", SearchOption.AllDirectories).Where(path => !path.Contains(".db", StringComparison.Ordinal)))
        {
            string target = Path.Combine(copy.Folder, Path.GetRelativePath(source.Folder, other));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(other, target);
        }

        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _gate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Place> NewAsync(string statement)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_ready)
            {
                await PrepareAsync();
                _ready = true;
            }

            string name = $"copy{++_copies}";
            string folder = Path.Combine(_folder, name);
            Directory.CreateDirectory(folder);
            if (_server is null)
            {
                return new Place(folder, null);
            }

            await _server.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, name));
            return new Place(folder, _server.ConnectionStringOf(name));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task PrepareAsync()
    {
        if (Kind == Engine.Postgres)
        {
            _server = await PostgresServer.StartAsync();
            await _server.ExecuteAsync("create database template_lodestone template template0");
            // A template can only be copied while nobody is connected to it.
            await using Database template = Database.OfServer(_server.ConnectionStringOf("template_lodestone") + ";Pooling=false");
            await Schema.UpgradeAsync(template, TimeProvider.System);
        }
        else
        {
            await using (Database template = Database.OfFile(TemplateFile))
            {
                await Schema.UpgradeAsync(template, TimeProvider.System);
            }

            // Out of WAL mode everything is in the one file.
            await using var connection = new SqliteConnection($"Data Source={TemplateFile};Pooling=False");
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode = delete";
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>A data folder of its own and, on PostgreSQL, a database of its own.</summary>
public sealed record Place(string Folder, string? Server)
{
    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File => Server is null ? Path.Combine(Folder, "lodestone.db") : null;

    public Database Open() => Server is null ? Database.OfFile(File!) : Database.OfServer(Server);

    /// <summary>The command line's options for this place.</summary>
    public string[] Options => Server is null ? ["--data", Folder] : ["--data", Folder, "--database", Server];
}
