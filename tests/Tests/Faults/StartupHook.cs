using System.Diagnostics;
using System.Globalization;

/// <summary>Runs in the child host before its own programme (<c>DOTNET_STARTUP_HOOKS</c>); the runtime wants this name without a namespace.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("LODESTONE_KILL_AT"), CultureInfo.InvariantCulture, out int at)
            && Environment.GetEnvironmentVariable("LODESTONE_KILL_FILE") is { } file)
        {
            DiagnosticListener.AllListeners.Subscribe(new KillSwitch(at, file));
        }
    }

    /// <summary>
    /// Counts write points from the moment the trigger file exists and ends the process by SIGKILL at the chosen one. Each point is
    /// noted beside the trigger, so that the test knows where it died and when there are no more.
    /// </summary>
    private sealed class KillSwitch(int at, string trigger) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private const string Ef = "Microsoft.EntityFrameworkCore";

        private static readonly string[] s_writing = ["insert ", "update ", "delete "];

        private readonly Lock _gate = new();
        private int _reached;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name is "Lodestone.Data" or Ef)
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            string? point = value.Key switch
            {
                "write" => $"door {value.Value}",
                $"{Ef}.Database.Command.CommandExecuting" => Written(value.Value),
                $"{Ef}.Database.Transaction.TransactionCommitting" => "committing",
                $"{Ef}.Database.Transaction.TransactionCommitted" => "committed",
                _ => null,
            };
            if (point is null)
            {
                return;
            }

            lock (_gate)
            {
                if (!File.Exists(trigger))
                {
                    // What the house does by itself when it opens; the test waits until it is done.
                    File.WriteAllText(trigger + ".before", point);
                    return;
                }

                File.AppendAllLines(trigger + ".points", [point]);
                if (++_reached == at)
                {
                    Process.GetCurrentProcess().Kill();
                    Thread.Sleep(Timeout.Infinite);
                }
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        /// <summary>The first words of a command that writes; null for one that reads.</summary>
        private static string? Written(object? data)
        {
            object? command = data?.GetType().GetProperty("Command")?.GetValue(data);
            string text = command?.GetType().GetProperty("CommandText")?.GetValue(command) as string ?? "";
            return s_writing.Any(verb => text.Contains(verb, StringComparison.OrdinalIgnoreCase))
                ? $"rows {text.ReplaceLineEndings(" ")[..Math.Min(60, text.Length)]}"
                : null;
        }
    }
}
