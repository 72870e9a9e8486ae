using System.Data.Common;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Hands out ids before anything is written, so that an answer, its idempotency row and the rows themselves go in one
/// transaction. Ids come in blocks from the database: unique over all nodes, growing within a node, with gaps after a restart.
/// </summary>
public sealed class Ids(Database database) : IDisposable
{
    private const int Block = 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _next;
    private long _end;

    public async ValueTask<long> NextAsync(CancellationToken cancel = default) => await TakeAsync(1, cancel);

    /// <summary>The first of <paramref name="count"/> ids in a row.</summary>
    public async ValueTask<long> TakeAsync(int count, CancellationToken cancel = default)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (_next + count > _end)
            {
                int size = Math.Max(Block, count);
                _end = await RefillAsync(size, cancel);
                _next = _end - size;
            }

            long first = _next;
            _next += count;
            return first;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<long> RefillAsync(int size, CancellationToken cancel)
    {
        using IDisposable? pass = await database.WriteAsync(cancel);
        await using DbConnection connection = await database.OpenAsync(cancel);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "update id_block set next = next + @size where name = 'all' returning next";
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = "size";
        parameter.Value = (long)size;
        command.Parameters.Add(parameter);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }
}
