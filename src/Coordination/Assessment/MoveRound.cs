using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Assessment;

/// <summary>Freezes, thaws and releases. The move and what follows from it are written by the next save.</summary>
internal sealed class MoveRound(
    RoundDoor door, CaseDesk desk, FreezeRound freeze, ObservationBook values, RunBook runs, FollowUp follow, TimeProvider clock)
{
    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">Those of the door, of <see cref="CaseDesk.MoveAsync"/> and of <see cref="FreezeRound"/>.</exception>
    public async Task<CaseView> MoveAsync(long id, string? action, string? note, long seen, CancellationToken cancel = default)
    {
        OpenedRound opened = await door.OpenAsync(id, cancel);
        CaseView file = opened.File ?? throw Refusal.Role();
        CaseView moved = await desk.MoveAsync(file, seen, action ?? "", note, cancel);
        switch (action)
        {
            case RoundProcedure.Freeze:
                RoundInputs inputs = await freeze.ReadAsync(opened, cancel);
                await values.RestOnAsync([.. inputs.Units.SelectMany(unit => unit.Criteria).SelectMany(criterion => criterion.Observations).Select(input => input.Observation)], cancel);
                await runs.AppendAsync(opened.Round, inputs, null, cancel);
                break;
            case RoundProcedure.Thaw:
                opened.Round.RunId = null;
                break;
            case RoundProcedure.Release:
                opened.Round.ReleasedAt = clock.Instant();
                opened.Round.ReleasedStep = moved.Version;
                await follow.ReleaseAsync(
                    opened.Round, opened.Scheme.Read(), (await runs.InForceAsync(opened.Round, cancel)).ReadResults(), cancel);
                break;
        }

        return moved;
    }
}
