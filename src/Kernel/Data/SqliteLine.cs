using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Lodestone.Kernel.Data;

/// <summary>A SQLite connection with the statements it has prepared. For one caller at a time.</summary>
/// <param name="owned">False: the connection is somebody else's and stays open.</param>
internal sealed partial class SqliteLine(SqliteConnection connection, bool owned = true) : IDisposable
{
    private readonly Dictionary<string, Prepared> _prepared = new(StringComparer.Ordinal);

    /// <summary>False after SQLite itself gave the transaction up (disk full, interrupted).</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public int Execute(string text, params object?[] values) => Bind(text, values).ExecuteNonQuery();

    public SqliteDataReader Read(string text, params object?[] values) => Bind(text, values).ExecuteReader();

    /// <exception cref="Refusal"><c>request.stale</c>: it touched another number of rows.</exception>
    public void Run(GuardedStatement statement)
    {
        WritePoint.Reached("statement");
        int rows = Execute(statement.Text, statement.Values);
        if (statement.Rows is { } expected && rows != expected)
        {
            throw Refusal.Stale();
        }
    }

    public void Dispose()
    {
        foreach (Prepared prepared in _prepared.Values)
        {
            prepared.Command.Dispose();
        }

        if (owned)
        {
            connection.Dispose();
        }
    }

    /// <summary>The parameters that a text names, as indexes into the values.</summary>
    private static IEnumerable<int> Places(string text) =>
        ParameterPattern().Matches(text)
            .Select(match => int.Parse(match.ValueSpan[1..], System.Globalization.CultureInfo.InvariantCulture) - 1).Distinct();

    private SqliteCommand Bind(string text, object?[] values)
    {
        if (!_prepared.TryGetValue(text, out Prepared? prepared))
        {
            SqliteCommand command = connection.CreateCommand();
            command.CommandText = text;
            prepared = new Prepared(command, [.. Places(text)]);
            foreach (int place in prepared.Places)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${place + 1}" });
            }

            _prepared.Add(text, prepared);
        }

        for (int i = 0; i < prepared.Places.Length; i++)
        {
            prepared.Command.Parameters[i].Value = values[prepared.Places[i]] is { } value and not TypedNull ? value : DBNull.Value;
        }

        return prepared.Command;
    }

    [GeneratedRegex(@"\$[0-9]+")]
    private static partial Regex ParameterPattern();

    private sealed record Prepared(SqliteCommand Command, int[] Places);
}
