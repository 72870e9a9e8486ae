using System.Globalization;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Tests.Kernel.Procedures;

/// <summary>What can be wrong with a table of lawful moves, and the table as a page shows it.</summary>
internal static class ProcedureFaults
{
    public static IEnumerable<string> Of(Procedure table, Catalogue catalogue)
    {
        HashSet<string> stages = [.. table.Stages];
        HashSet<string> reached = Closure([table.InitialStage], stage => table.From(stage).Select(move => move.To));
        HashSet<string> ending = Closure(table.FinalStages, stage => table.Transitions.Where(move => move.To == stage).Select(move => move.From));
        return
        [
            .. stages.Except(reached).Select(stage => $"unreachable {stage}"),
            .. stages.Except(ending).Select(stage => $"dead end {stage}"),
            .. table.FinalStages.Count == 0 ? ["no final stage"] : Array.Empty<string>(),
            .. table.FinalStages.Except(stages).Select(stage => $"unknown final stage {stage}"),
            .. Roles(table).Where(role => catalogue.FindRole(role) is null).Select(role => $"unknown role {role}"),
            .. table.Transitions.GroupBy(move => (move.Action, move.From)).Where(twins => twins.Count() > 1).Select(twins => $"twice {twins.Key}"),
            .. table.Transitions.Where(move => move.Limit is { } limit && (limit.Workdays <= 0 || string.IsNullOrWhiteSpace(limit.LegalSource)))
                .Select(move => $"limit without source {move.Action}"),
            // 行政许可法第三十二条: what is missing is told once, all of it.
            .. table.Transitions.Where(move => move.Action == "ask-correction" && !move.Once).Select(move => $"second correction from {move.From}"),
            .. table.Clocks.GroupBy(clock => clock.Name).Where(twins => twins.Count() > 1).Select(twins => $"twice clock {twins.Key}"),
            .. table.Clocks.Where(clock => string.IsNullOrWhiteSpace(clock.LegalSource)).Select(clock => $"limit without source {clock.Name}"),
            .. table.Clocks.Where(clock => clock.RunsIn.Count == 0).Select(clock => $"runs nowhere {clock.Name}"),
            .. table.Clocks.SelectMany(clock => clock.RunsIn.Except(stages).Select(stage => $"runs in unknown {stage}")),
            .. table.Clocks.SelectMany(clock => clock.Rungs.GroupBy(rung => rung.Code).Where(twins => twins.Count() > 1)).Select(twins => $"twice rung {twins.Key}"),
            .. table.Clocks.Where(clock => !clock.Rungs.Select(rung => rung.Workdays).SequenceEqual(clock.Rungs.Select(rung => rung.Workdays).Order()))
                .Select(clock => $"ladder out of order {clock.Name}"),
            .. table.Clocks.SelectMany(clock => clock.Rungs).Where(rung => !table.Transitions.Any(move => move.Action == rung.Action && move.Automatic))
                .Select(rung => $"rung without a move {rung.Code}"),
            .. string.IsNullOrWhiteSpace(table.LegalSource) ? ["no legal source"] : Array.Empty<string>(),
        ];
    }

    /// <summary>The table in plain text, one move a line.</summary>
    public static string Print(Procedure table)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{table.Code}: {table.InitialStage} … {string.Join(", ", table.FinalStages)}\n{table.LegalSource}\n\n");
        foreach (Transition move in table.Transitions)
        {
            string[] marks =
            [
                .. move.NeedsReason ? ["reason"] : Array.Empty<string>(),
                .. move.Once ? ["once"] : Array.Empty<string>(),
                .. move.StopsClock ? ["stops the clock"] : Array.Empty<string>(),
                .. move.GoesBack ? ["goes back"] : Array.Empty<string>(),
                .. move.Automatic ? ["automatic"] : Array.Empty<string>(),
                .. move.Tells is { } role ? [$"tells {role}"] : Array.Empty<string>(),
                .. move.Limit is { } limit ? [$"{limit.Workdays} working days ({limit.LegalSource})"] : Array.Empty<string>(),
            ];
            text.Append(CultureInfo.InvariantCulture, $"{move.From} --{move.Action}--> {move.To} by {move.Role} {move.Seat}");
            text.Append(marks.Length == 0 ? "\n" : $"; {string.Join("; ", marks)}\n");
        }

        foreach (ProcedureClock clock in table.Clocks)
        {
            text.Append(CultureInfo.InvariantCulture, $"clock {clock.Name} in {string.Join(", ", clock.RunsIn)}{(clock.Anew ? ", anew" : "")} ({clock.LegalSource})\n");
            foreach (Rung rung in clock.Rungs)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {rung.Code} at {rung.Workdays:+0;-0;0} working days: {rung.Action}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Roles(Procedure table) =>
        table.Transitions.SelectMany(move => new[] { move.Automatic ? null : move.Role, move.Tells }).OfType<string>().Distinct();

    private static HashSet<string> Closure(IEnumerable<string> start, Func<string, IEnumerable<string>> next)
    {
        var found = new HashSet<string>(start);
        var waiting = new Queue<string>(found);
        while (waiting.TryDequeue(out string? stage))
        {
            foreach (string other in next(stage).Where(found.Add))
            {
                waiting.Enqueue(other);
            }
        }

        return found;
    }
}
