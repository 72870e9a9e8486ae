using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Coordination.Statistics;

/// <summary>Where a return stands on its road, with who and when under each level.</summary>
internal static class ReturnSteps
{
    public static IReadOnlyList<StepItem> Of(Procedure procedure, string stage, IReadOnlyList<StepLine> steps, Words words)
    {
        string[] actions = ReturnProcedure.HasFirstReview(procedure)
            ? [ReturnAction.Submit, ReturnAction.FirstReview, ReturnAction.Review, ReturnAction.Approve]
            : [ReturnAction.Submit, ReturnAction.Review, ReturnAction.Approve];
        int done = Done(procedure, stage, actions);
        bool back = stage == ReturnStage.Draft && steps.LastOrDefault(step => step.Action != ReturnAction.Save)?.Action == ReturnAction.SendBack;
        return
        [
            .. actions.Select((action, index) =>
            {
                StepState state = index < done ? StepState.Done
                    : index > done ? StepState.Ahead
                    : back && index == 0 ? StepState.Back : StepState.Now;
                StepLine? made = state == StepState.Done ? steps.LastOrDefault(step => step.Action == action) : null;
                return new StepItem(words.Say($"returns.level.{action}"), state, made is null ? null : When(made, words));
            }),
        ];
    }

    public static string When(StepLine step, Words words) =>
        words.Say("returns.by-at", ReturnEndpoints.Names(step, words), step.At.ToOffset(Kernel.Data.Clock.LegalOffset));

    /// <summary>How many of the actions lie behind a return that stands in <paramref name="stage"/>.</summary>
    private static int Done(Procedure procedure, string stage, string[] actions)
    {
        int index = Array.FindIndex(actions, action => procedure.Transitions.Any(move => move.Action == action && move.To == stage));
        return index + 1;
    }
}
