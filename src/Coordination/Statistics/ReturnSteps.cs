using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Coordination.Statistics;

/// <summary>Where a return stands on its road, with who and when under each level.</summary>
internal static class ReturnSteps
{
    public static IReadOnlyList<StepItem> Of(Procedure procedure, string stage, IReadOnlyList<StepLine> steps, Words words)
    {
        Transition[] road = [.. procedure.Transitions.Where(move => move is { GoesBack: false, Automatic: false } && move.To != move.From)];
        int done = Array.FindIndex(road, move => move.To == stage) + 1;
        bool back = stage == ReturnStage.Draft && steps.LastOrDefault(step => step.Action != ReturnAction.Save)?.Action == ReturnAction.SendBack;
        return
        [
            .. road.Select((move, index) =>
            {
                StepState state = index < done ? StepState.Done
                    : index > done ? StepState.Ahead
                    : back && index == 0 ? StepState.Back : StepState.Now;
                StepLine? made = state == StepState.Done ? steps.LastOrDefault(step => step.Action == move.Action && step.To == move.To) : null;
                return new StepItem(words.Say(move.Action == ReturnAction.Sign ? $"signing.{move.Role}" : $"returns.level.{move.Action}"), state, made is null ? null : When(made, words));
            }),
        ];
    }

    public static string When(StepLine step, Words words) =>
        words.Say("returns.by-at", ReturnEndpoints.Names(step, words), step.At.ToOffset(Kernel.Data.Clock.LegalOffset));
}
