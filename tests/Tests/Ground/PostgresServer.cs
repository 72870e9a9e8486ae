using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Lodestone.Tests.Ground;

/// <summary>
/// A PostgreSQL cluster of this process's own, in a temporary folder, reachable by a Unix socket only. A shell holds it and reads
/// a pipe from here: when this process ends, however it ends, the pipe closes and the shell stops the server and removes the folder.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Keeper =
        """
        trap '' INT TERM HUP
        "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
        "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
            -c max_connections=1000 -c shared_buffers=64MB -c max_wal_size=256MB >>"$2/log" 2>&1 </dev/null &
        server=$!
        read -r end
        kill -QUIT $server 2>/dev/null
        wait $server
        rm -rf "$2/data"
        """;

    private readonly Process _keeper;
    private readonly string _folder;

    private PostgresServer(Process keeper, string folder)
    {
        _keeper = keeper;
        _folder = folder;
    }

    public static async Task<PostgresServer> StartAsync()
    {
        string binaries = Binaries();
        string folder = Directory.CreateTempSubdirectory("lodestone-pg-").FullName;
        bool root = Environment.UserName == "root";
        if (root)
        {
            // initdb refuses root.
            using Process owner = Process.Start("chown", ["postgres", folder]);
            await owner.WaitForExitAsync();
        }

        string[] shell = ["sh", "-c", Keeper, "sh", binaries, folder];
        var start = new ProcessStartInfo(root ? "runuser" : "sh", root ? ["-u", "postgres", "--", .. shell] : shell[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var server = new PostgresServer(Process.Start(start)!, folder);
        await server.WaitAsync();
        return server;
    }

    public string ConnectionStringOf(string database) => string.Create(CultureInfo.InvariantCulture,
        $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=40;Connection Idle Lifetime=10;Connection Pruning Interval=5;Timeout=60;Command Timeout=60");

    public async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (attempt < 600 && !_keeper.HasExited)
            {
                await Task.Delay(100);
            }
            catch (NpgsqlException) when (_keeper.HasExited)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {await _keeper.StandardError.ReadToEndAsync()}");
            }
        }
    }

    private static string Binaries()
    {
        IEnumerable<string> installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out double version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        string?[] places = [Environment.GetEnvironmentVariable("LODESTONE_PG_BIN"), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), .. installed];
        return places.FirstOrDefault(place => !string.IsNullOrEmpty(place) && File.Exists(Path.Combine(place, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's initdb was not found: apt-get install postgresql, or set LODESTONE_PG_BIN.");
    }
}
