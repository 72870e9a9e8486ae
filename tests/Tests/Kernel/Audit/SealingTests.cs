using System.Collections.Concurrent;
using System.Diagnostics;
using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Audit;

/// <summary>Eight writers beside the sealer: nothing committed is lost or sealed before its cause, nothing rolled back is sealed.</summary>
public sealed class SealingTests(EngineUnderTest engine)
{
    private const int Writers = 8;
    private const int Enough = 1500;

    /// <summary>A slow machine writes fewer, but never so few that the race is none.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private long _lastCommitted;

    [Fact]
    public async Task Writers_beside_the_sealer_lose_and_reorder_nothing()
    {
        await using var workshop = new Workshop(await engine.CopyAsync());
        var committed = new ConcurrentDictionary<long, long>();
        using var stop = new CancellationTokenSource();
        Task sealing = Task.Run(() => SealAsync(workshop, stop.Token));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => WriteAsync(workshop, number, committed))));
        await stop.CancelAsync();
        await sealing;
        await workshop.SealAllAsync(workshop.NewSealer());

        AuditReport report = await workshop.Verifier.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((committed.Count, committed.Count, 0), (report.Records, report.Sealed, report.Waiting));
        Assert.True(committed.Count >= Writers * 10, $"only {committed.Count} records");

        // Each record was begun after the commit of its cause, so it must stand behind it.
        IReadOnlyList<long> order = await workshop.NumbersAsync("select r.reference from audit_seal s join audit_record r on r.id = s.record_id order by s.position");
        var places = order.Select((reference, place) => (reference, place)).ToDictionary(one => one.reference, one => one.place);
        Assert.Empty(committed.Where(one => one.Value != 0 && places[one.Value] > places[one.Key]).Select(one => $"{one.Key} stands before its cause {one.Value}"));
    }

    private static async Task SealAsync(Workshop workshop, CancellationToken stop)
    {
        AuditSealer sealer = workshop.NewSealer();
        while (!stop.IsCancellationRequested)
        {
            await sealer.SealAsync(CancellationToken.None);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private async Task WriteAsync(Workshop workshop, int number, ConcurrentDictionary<long, long> committed)
    {
        var random = new Random(number);
        long started = Stopwatch.GetTimestamp();
        while (committed.Count < Enough && Stopwatch.GetElapsedTime(started) < s_longest)
        {
            long cause = Interlocked.Read(ref _lastCommitted);
            long[] references = new long[random.Next(1, 4)];
            for (int i = 0; i < references.Length; i++)
            {
                references[i] = await workshop.Ids.NextAsync();
            }

            bool rollback = random.Next(10) == 0;
            await using (PlatformDb db = workshop.Db())
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                foreach (long reference in references)
                {
                    db.Audit("trial.write", new Subject("trial", number), 1, reference);
                    await db.SaveChangesAsync();
                    if (random.Next(5) == 0)
                    {
                        await Task.Delay(random.Next(10));
                    }
                }

                await (rollback ? transaction.RollbackAsync() : transaction.CommitAsync());
            }

            if (!rollback)
            {
                Array.ForEach(references, reference => committed[reference] = cause);
                Interlocked.Exchange(ref _lastCommitted, references[^1]);
            }
        }
    }
}
