using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lodestone.Bench;

/// <summary>A PostgreSQL of the bench's own, in a new folder on a free port, with the engine's default durability.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";

    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string folder, string programs, int port)
    {
        _folder = folder;
        _programs = programs;
        Port = port;
    }

    public int Port { get; }

    /// <param name="port">Where to connect; a relay's when its count is wanted.</param>
    public static string ConnectionString(int port) =>
        $"Host=127.0.0.1;Port={port};Username={Owner};Database=postgres;Maximum Pool Size=100;SSL Mode=Disable;GSS Encryption Mode=Disable";

    /// <summary>Makes a database of its own and says how to reach it.</summary>
    public string NewDatabase(string name)
    {
        using var connection = new Npgsql.NpgsqlConnection(ConnectionString(Port));
        connection.Open();
        using Npgsql.NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        command.ExecuteNonQuery();
        return ConnectionString(Port).Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
    }

    /// <exception cref="InvalidOperationException">PostgreSQL is missing or does not start; the message is its own.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        string programs = Environment.GetEnvironmentVariable("LODESTONE_PG_BIN") is { Length: > 0 } named
            ? named
            : throw new InvalidOperationException("PostgreSQL was not found: apt-get install postgresql, or name its bin folder in LODESTONE_PG_BIN.");
        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        int port = FreePort();
        var server = new PostgresServer(folder, programs, port);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                // The server refuses to run as root.
                await RunAsync("chown", Owner, folder);
            }

            await server.RunAsOwnerAsync("initdb", "-D", $"{folder}/data", "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
            await server.RunAsOwnerAsync("pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log",
                "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", "start");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists($"{_folder}/data/postmaster.pid"))
        {
            await RunAsOwnerAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task RunAsOwnerAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", Owner, "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Output goes to a file of the program's own: a server keeps an inherited pipe open for good.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
