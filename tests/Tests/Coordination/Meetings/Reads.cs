using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lodestone.Tests.Coordination.Meetings;

/// <summary>Counts the reads of the running act that name a table.</summary>
internal sealed class Reads : DbCommandInterceptor
{
    private static readonly AsyncLocal<Counted?> s_running = new();

    /// <summary>For the contexts of a platform whose reads are counted.</summary>
    public static Reads Watch { get; } = new();

    public static async Task<int> OfAsync(string table, Func<Task> act)
    {
        var counted = new Counted(table);
        s_running.Value = counted;
        await act();
        s_running.Value = null;
        Assert.NotEqual(0, counted.Count);
        return counted.Count;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (s_running.Value is { } counted && command.CommandText.Replace("\"", "", StringComparison.Ordinal).Contains($"FROM {counted.Table}", StringComparison.OrdinalIgnoreCase))
        {
            counted.Count++;
        }

        return ValueTask.FromResult(result);
    }

    private sealed class Counted(string table)
    {
        public string Table => table;

        public int Count { get; set; }
    }
}
