using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Accepts, upholds or rejects. Upholding an appeal on a value opens that one cell to its owner in the same save; the officer
/// changes no figure.
/// </summary>
internal sealed class DecideAppeal(PlatformDb db, CaseDesk desk, Recusal recusal, CorrectionDesk corrections)
{
    /// <param name="seen">The version last read; null takes the case as it stands.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>appeal.recused</c> (403), those of <see cref="CaseDesk.MoveAsync"/> and of
    /// <see cref="CorrectionDesk.OpenAsync"/>
    /// </exception>
    public async Task<(Appeal Appeal, CaseView File)> ActAsync(
        long id, string? action, string? note, long? seen, CancellationToken cancel = default)
    {
        Appeal appeal = await db.Set<Appeal>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(appeal.CaseId, cancel);
        if (await recusal.ReasonAsync(appeal, file.OrganisationPath, cancel) is { } reason)
        {
            throw new Refusal("appeal.recused", 403) { Details = { ["reason"] = reason } };
        }

        CaseView moved = await desk.MoveAsync(file, seen ?? file.Version, action ?? "", note, cancel);
        if (action == AppealProcedure.Uphold && appeal.ObservationId is { } disputed)
        {
            Observation cell = await CellAsync(appeal, disputed, cancel);
            Correction made = await corrections.OpenAsync(cell, new Subject(AppealProcedure.Code, appeal.Id), note!.Trim(), cancel);
            appeal.CorrectionCaseId = made.CaseId;
        }

        return (appeal, moved);
    }

    /// <summary>The revision of the disputed cell that the round rests on now: another appeal may have corrected it meanwhile.</summary>
    private async Task<Observation> CellAsync(Appeal appeal, long disputed, CancellationToken cancel)
    {
        Observation named = await db.Set<Observation>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == disputed, cancel)
            ?? throw Refusal.NotFound();
        return await db.Set<Observation>().AsNoTracking().Where(row => row.IndicatorId == named.IndicatorId
                && row.OrganisationId == named.OrganisationId && row.Period == named.Period
                && db.Set<ScoreInput>().Any(input => input.ObservationId == row.Id
                    && db.Set<Round>().Any(round => round.Id == appeal.RoundId && round.RunId == input.RunId)))
            .OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancel) ?? named;
    }
}
