using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Runs the numbered scripts of <c>db/sqlite</c> or <c>db/postgres</c> once, in order, each in its own transaction. Refuses a
/// script that was edited after it ran. Two starting nodes wait for each other.
/// </summary>
public static class Schema
{
    public static async Task UpgradeAsync(Database database, TimeProvider clock, CancellationToken cancel = default)
    {
        await using DbConnection connection = await database.OpenAsync(cancel);
        await ExecuteAsync(connection, null, database.Engine == Engine.Postgres ? "select pg_advisory_lock(7201)" : "begin immediate", cancel);
        try
        {
            await ExecuteAsync(connection, null,
                "create table if not exists schema_version (number integer primary key, name text not null, hash text not null, at text not null)", cancel);
            Dictionary<int, string> done = await DoneAsync(connection, cancel);
            foreach (Script script in Scripts(database.Engine))
            {
                if (done.TryGetValue(script.Number, out string? hash))
                {
                    if (hash != script.Hash)
                    {
                        throw new InvalidOperationException($"Script {script.Name} was changed after it had run on this database.");
                    }

                    continue;
                }

                // On SQLite all missing scripts run in the one immediate transaction that also keeps other nodes out.
                await using DbTransaction? own = database.Engine == Engine.Postgres ? await connection.BeginTransactionAsync(cancel) : null;
                await ExecuteAsync(connection, own, script.Text, cancel);
                await ExecuteAsync(connection, own,
                    $"insert into schema_version (number, name, hash, at) values ({script.Number}, '{script.Name}', '{script.Hash}', '{clock.GetUtcNow():O}')",
                    cancel);
                if (own is not null)
                {
                    await own.CommitAsync(cancel);
                }
            }

            await ExecuteAsync(connection, null, database.Engine == Engine.Postgres ? "select pg_advisory_unlock(7201)" : "commit", cancel);
        }
        catch when (connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync(connection, null,
                database.Engine == Engine.Postgres ? "select pg_advisory_unlock(7201)" : "rollback", CancellationToken.None);
            throw;
        }
    }

    /// <summary>The scripts of an engine in order.</summary>
    internal static IEnumerable<Script> Scripts(Engine engine)
    {
        Assembly assembly = typeof(Schema).Assembly;
        string folder = engine == Engine.Postgres ? "db/postgres/" : "db/sqlite/";
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            string text = reader.ReadToEnd().ReplaceLineEndings("\n");
            string name = resource[folder.Length..^".sql".Length];
            yield return new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, text,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        }
    }

    private static async Task<Dictionary<int, string>> DoneAsync(DbConnection connection, CancellationToken cancel)
    {
        var done = new Dictionary<int, string>();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "select number, hash from schema_version";
        await using DbDataReader row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            done[row.GetInt32(0)] = row.GetString(1);
        }

        return done;
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string text, CancellationToken cancel)
    {
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(cancel);
    }

    internal sealed record Script(int Number, string Name, string Text, string Hash);
}
