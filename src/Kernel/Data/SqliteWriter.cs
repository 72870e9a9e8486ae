using System.Collections.Concurrent;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Writes saves that consist of guarded statements only. Saves that wait for the file together share one transaction and so one
/// sync to disk: each stands in its own savepoint, falls alone, and hears its outcome after the common commit.
/// </summary>
internal sealed class SqliteWriter(Database database) : IDisposable
{
    /// <summary>So many saves at most keep the file from other writers.</summary>
    private const int Together = 64;

    private readonly ConcurrentQueue<Save> _waiting = new();
    private SqliteLine? _line;
    private int _serving;

    /// <exception cref="Refusal"><c>request.stale</c>: a guard failed, nothing of this save is written.</exception>
    public async Task WriteAsync(IReadOnlyList<GuardedStatement> statements)
    {
        var save = new Save(statements);
        _waiting.Enqueue(save);
        Start();
        await save.Done.Task;
    }

    public void Dispose() => _line?.Dispose();

    /// <summary>One server at a time; it is nobody's own task, so no caller is kept to write for the callers after it.</summary>
    private void Start()
    {
        if (!_waiting.IsEmpty && Interlocked.Exchange(ref _serving, 1) == 0)
        {
            _ = Task.Run(ServeAsync);
        }
    }

    private async Task ServeAsync()
    {
        while (!_waiting.IsEmpty)
        {
            List<Save> group;
            try
            {
                using IDisposable? pass = await database.WriteAsync(CancellationToken.None);
                group = Take();
                WriteTogether(group);
            }
            catch (ObjectDisposedException closed)
            {
                group = Take();
                group.ForEach(save => save.Fault = closed);
            }

            group.ForEach(save => save.Tell());
        }

        Volatile.Write(ref _serving, 0);
        // Whoever queued after the last look found this server still at work.
        Start();
    }

    private List<Save> Take()
    {
        var group = new List<Save>();
        while (group.Count < Together && _waiting.TryDequeue(out Save? save))
        {
            group.Add(save);
        }

        return group;
    }

    private void WriteTogether(List<Save> group)
    {
        try
        {
            _line ??= database.OpenLine();
            _line.Execute("begin immediate");
            try
            {
                foreach (Save save in group)
                {
                    WriteOne(_line, save);
                }

                WritePoint.Reached("commit");
                _line.Execute("commit");
            }
            finally
            {
                if (_line.InTransaction)
                {
                    _line.Execute("rollback");
                }
            }
        }
        catch (Exception error)
        {
            // Nothing was committed, so nobody's save stands, whatever it had been told itself.
            group.ForEach(save => save.Fault = error);
        }
    }

    private static void WriteOne(SqliteLine line, Save save)
    {
        line.Execute("savepoint save");
        try
        {
            foreach (GuardedStatement statement in save.Statements)
            {
                line.Run(statement);
            }
        }
        catch (Exception error) when (line.InTransaction)
        {
            save.Fault = error;
            line.Execute("rollback to save");
        }

        line.Execute("release save");
    }

    private sealed class Save(IReadOnlyList<GuardedStatement> statements)
    {
        public IReadOnlyList<GuardedStatement> Statements { get; } = statements;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fault { get; set; }

        public void Tell()
        {
            if (Fault is null)
            {
                Done.SetResult();
            }
            else
            {
                Done.SetException(Fault);
            }
        }
    }
}
