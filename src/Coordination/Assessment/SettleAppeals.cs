using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Recomputes the rounds when the correction of an appeal is approved, in the approver's own transaction, and says which other
/// units moved. The approver sees the whole city, hence every row this touches.
/// </summary>
internal sealed class SettleAppeals(PlatformDb db, CaseDesk desk, RunBook runs, FollowUp follow) : IObservationWatcher
{
    public async Task ApprovedAsync(CaseView file, IReadOnlyList<Observation> approved, DateTimeOffset at, CancellationToken cancel)
    {
        Appeal? appeal = await db.Set<Appeal>().FirstOrDefaultAsync(row => row.CorrectionCaseId == file.Id, cancel);
        if (appeal is null)
        {
            return;
        }

        CaseView appealFile = await desk.ReadAsync(appeal.CaseId, cancel);
        if (appealFile.Stage != AppealProcedure.Upheld)
        {
            // An approval that was taken back and given again: the round was not held by it, so nothing was recomputed from it.
            return;
        }

        List<Replacement> replacements = await ReplacementsAsync(approved, cancel);
        appeal.Moved = AssessmentJson.Write(Array.Empty<Moved>());
        foreach (Round round in await RestingOnAsync([.. replacements.SelectMany(row => row.Earlier)], appeal.RoundId, cancel))
        {
            IReadOnlyList<Moved> moved = await RecomputeAsync(round, replacements, appeal.Id, cancel);
            if (round.Id == appeal.RoundId)
            {
                appeal.Moved = AssessmentJson.Write(moved);
            }
        }

        string revisions = string.Join(", ", replacements.Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"#{row.New.Observation} r{row.New.Revision} {row.New.Hash[..12]}")));
        await desk.AdvanceAsync(appealFile, AppealProcedure.Settle, revisions, cancel);
    }

    public Task<bool> HoldsAsync(IReadOnlyList<long> observations, CancellationToken cancel) =>
        db.Set<ScoreInput>().AnyAsync(input => observations.Contains(input.ObservationId)
            && db.Set<Round>().Any(round => round.RunId == input.RunId), cancel);

    /// <summary>A value that now counts, and the revisions of its cell that came before it.</summary>
    private sealed record Replacement(ObservationInput New, IReadOnlyList<long> Earlier);

    private async Task<List<Replacement>> ReplacementsAsync(IReadOnlyList<Observation> approved, CancellationToken cancel)
    {
        var replacements = new List<Replacement>();
        foreach (Observation row in approved)
        {
            List<long> earlier = await db.Set<Observation>().Where(other => other.IndicatorId == row.IndicatorId
                && other.OrganisationId == row.OrganisationId && other.Period == row.Period && other.Revision < row.Revision)
                .Select(other => other.Id).ToListAsync(cancel);
            string reporter = await db.Set<Organisation>().Where(unit => unit.Id == row.OrganisationId).Select(unit => unit.Code).FirstAsync(cancel);
            int decimals = await db.Set<Indicator>().Where(indicator => indicator.Id == row.IndicatorId)
                .Select(indicator => indicator.Decimals).FirstAsync(cancel);
            replacements.Add(new Replacement(FreezeRound.Input(row, reporter, decimals), earlier));
        }

        return replacements;
    }

    /// <summary>The frozen and released rounds in force that use one of the values; the appeal's own in any case.</summary>
    private Task<List<Round>> RestingOnAsync(long[] observations, long own, CancellationToken cancel) =>
        db.Set<Round>().Where(round => round.RunId != null && (round.Id == own
            || db.Set<ScoreInput>().Any(input => input.RunId == round.RunId && observations.Contains(input.ObservationId))))
            .OrderBy(round => round.Id).ToListAsync(cancel);

    private async Task<IReadOnlyList<Moved>> RecomputeAsync(
        Round round, List<Replacement> replacements, long appealId, CancellationToken cancel)
    {
        ScoreRun before = await runs.InForceAsync(round, cancel);
        RoundInputs inputs = before.ReadInputs();
        foreach (Replacement replacement in replacements)
        {
            foreach (long earlier in replacement.Earlier)
            {
                inputs = inputs.WithRevision(earlier, replacement.New);
            }
        }

        ScoreRun after = await runs.AppendAsync(round, inputs, appealId, cancel);
        RoundResults results = after.ReadResults();
        IReadOnlyList<Moved> moved = Moved.Between(before.ReadResults(), results);
        await follow.RecomputedAsync(round, inputs.Scheme, results, moved, cancel);
        return moved;
    }
}
