using System.Diagnostics;
using System.Globalization;
using Lodestone.Kernel.Data;

namespace Lodestone.Bench;

/// <summary>Lets several ways to move a case take turns on the same ground, so that the machine's other work meets all of them alike.</summary>
internal sealed class Race(Ground ground, int workers) : IAsyncDisposable
{
    private static readonly string s_hash = new('a', 64);

    private readonly int[] _places = [.. Enumerable.Range(0, workers)];
    private readonly Dictionary<string, Worker[]> _ways = [];
    private long _moves;

    public async Task EnterAsync(string way, Func<Task<Worker>> hire)
    {
        var hired = new Worker[workers];
        for (int i = 0; i < workers; i++)
        {
            hired[i] = await hire();
        }

        _ways.Add(way, hired);
    }

    /// <summary>One turn each. The order turns with <paramref name="round"/>.</summary>
    public async Task<Dictionary<string, Turn>> RoundAsync(int round, TimeSpan turn)
    {
        var rates = new Dictionary<string, Turn>();
        for (int i = 0; i < _ways.Count; i++)
        {
            string way = _ways.Keys.ElementAt((i + round) % _ways.Count);
            rates[way] = await TurnAsync(_ways[way], turn);
        }

        return rates;
    }

    /// <summary>Every way must have written every row of every move, or its rate says nothing.</summary>
    public async Task CheckRowsAsync()
    {
        long[] rows = await ground.CountAsync();
        if (rows.Any(count => count != _moves))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{_moves} moves wrote {rows[0]} steps, {rows[1]} audit records, {rows[2]} notices, {rows[3]} keys, {rows[4]} lines of ledgers and {rows[5]} rungs."));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Worker worker in _ways.Values.SelectMany(way => way))
        {
            await worker.DisposeAsync();
        }
    }

    /// <param name="Rate">Moves per second.</param>
    /// <param name="Cost">Microseconds of this process's processor time per move; on PostgreSQL the server's come on top.</param>
    public sealed record Turn(double Rate, double Cost);

    private async Task<Turn> TurnAsync(Worker[] way, TimeSpan turn)
    {
        TimeSpan spent = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        int[] moves = await Task.WhenAll(way.Select((worker, index) => Task.Run(async () =>
        {
            int count = 0;
            while (clock.Elapsed < turn)
            {
                // Each worker keeps to its own files, so nobody is ever stale.
                int place = _places[index];
                _places[index] = (place + workers) < Ground.Cases ? place + workers : index;
                (long file, Lodestone.Kernel.Identity.Actor actor) = ground.At(place);
                await worker.MoveAsync(file, actor, new PendingRequest(Guid.NewGuid().ToString("N"), s_hash));
                count++;
            }

            return count;
        })));
        double rate = moves.Sum() / clock.Elapsed.TotalSeconds;
        _moves += moves.Sum();
        return new Turn(rate, (Environment.CpuUsage.TotalTime - spent).TotalMicroseconds / moves.Sum());
    }
}
