using System.Globalization;
using Lodestone.Kernel.Web;

namespace Lodestone.Kernel.Procedures;

/// <summary>A table of moves in the reader's words.</summary>
internal static class ProcedureWords
{
    public static string NameOf(this Words words, Procedure table) => words.Say($"procedure.{table.Code}");

    public static string StageOf(this Words words, Procedure table, string stage) => words.Say($"stage.{table.Code}.{stage}");

    public static string ActionOf(this Words words, Procedure table, string action) =>
        words.Knows($"action.{table.Code}.{action}") ? words.Say($"action.{table.Code}.{action}") : words.Say($"action.{action}");

    public static string RoleOf(this Words words, Transition move) => move.Automatic ? words.Say("procedures.platform") : words.Say($"role.{move.Role}");

    /// <summary>What else holds for a move: reason, once, clock, notice.</summary>
    public static string MarksOf(this Words words, Transition move) => string.Join("；", new[]
    {
        move.NeedsReason ? words.Say("procedures.reason") : null,
        move.Once ? words.Say("procedures.once") : null,
        move.StopsClock ? words.Say("procedures.stops") : null,
        move.GoesBack ? words.Say("procedures.back") : null,
        move.Tells is { } told ? words.Say("procedures.tells", words.Say($"role.{told}")) : null,
    }.OfType<string>());

    public static string LimitOf(this Words words, Transition move) => move.Limit is { } limit ? words.Say("procedures.limit", limit.Workdays, limit.LegalSource) : "";

    public static string RungOf(this Words words, Procedure table, Rung rung) => words.Say(
        rung.Workdays < 0 ? "procedures.rung-before" : rung.Workdays == 0 ? "procedures.rung-on" : "procedures.rung-after", Math.Abs(rung.Workdays), words.ActionOf(table, rung.Action));

    public static string ClockOf(this Words words, Procedure table, ProcedureClock clock) => words.Say($"clock.{table.Code}.{clock.Name}");

    /// <summary>Where a time limit runs, and whether it begins anew there.</summary>
    public static string RunsOf(this Words words, Procedure table, ProcedureClock clock) => clock.RunsIn.Count == 0
        ? ""
        : words.Say(clock.Anew ? "procedures.runs-anew" : "procedures.runs", string.Join('、', clock.RunsIn.Select(stage => words.StageOf(table, stage))));

    /// <summary>Its reminder ladder in one line.</summary>
    public static string RungsOf(this Words words, Procedure table, ProcedureClock clock) => string.Join('；', clock.Rungs.Select(rung => words.RungOf(table, rung)));

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
