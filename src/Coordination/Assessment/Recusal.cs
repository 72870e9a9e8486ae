using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// Recusal by data (回避): whoever touched a value, asked about it or scored the round cannot hear the appeal, nor can a
/// deputy in such a person's stead. Nothing is declared; the steps themselves say it.
/// </summary>
internal sealed class Recusal(PlatformDb db, TimeProvider clock)
{
    public const string Member = "recusal.member";
    public const string Filed = "recusal.filed";
    public const string Scored = "recusal.scored";
    public const string Recorded = "recusal.recorded";
    public const string Reviewed = "recusal.reviewed";
    public const string Asked = "recusal.asked";

    /// <summary>The action of every case's first step.</summary>
    private const string Opening = "open";

    /// <summary>The key of the reason why the actor is recused, or null. Asked within an officer's scope, which holds the whole city.</summary>
    public async Task<string?> ReasonAsync(Appeal appeal, string unitPath, CancellationToken cancel = default)
    {
        List<long> persons = [db.Actor.UserId];
        if (db.Actor.May(AssessmentModule.AppealOfficer, Seat.Above, unitPath) is { OnBehalfOf: { } owner })
        {
            persons.Add(owner);
        }

        DateOnly today = clock.Today();
        if (await db.Set<Membership>().AnyAsync(row => persons.Contains(row.UserId) && row.OrganisationId == appeal.OrganisationId
            && (row.StartsOn == null || row.StartsOn <= today) && (row.EndsOn == null || row.EndsOn >= today), cancel))
        {
            return Member;
        }

        if (persons.Contains(appeal.FiledBy) || await db.Set<CaseStep>().AnyAsync(step => step.CaseId == appeal.CaseId
            && step.Action == AppealProcedure.File && step.OnBehalfOf != null && persons.Contains(step.OnBehalfOf.Value), cancel))
        {
            return Filed;
        }

        long roundCase = await db.Set<Round>().Where(row => row.Id == appeal.RoundId).Select(row => row.CaseId).FirstAsync(cancel);
        return await SteppedAsync([roundCase], persons, cancel) || await db.Set<Judgement>().AnyAsync(row => row.RoundId == appeal.RoundId
            && row.OrganisationId == appeal.OrganisationId && persons.Contains(row.JudgedBy), cancel)
            ? Scored : await TouchedAsync(appeal, persons, cancel);
    }

    private async Task<string?> TouchedAsync(Appeal appeal, List<long> persons, CancellationToken cancel)
    {
        IQueryable<long> named = appeal.ObservationId is { } one
            ? db.Set<Observation>().Where(row => row.Id == one).Select(row => row.Id)
            : db.Set<ScoreInput>().Where(input => input.OrganisationId == appeal.OrganisationId && input.Criterion == appeal.Criterion
                && db.Set<Round>().Any(round => round.Id == appeal.RoundId && round.RunId == input.RunId)).Select(input => input.ObservationId);
        var revisions = await (
            from row in db.Set<Observation>()
            where db.Set<Observation>().Any(cell => named.Contains(cell.Id) && cell.IndicatorId == row.IndicatorId
                && cell.OrganisationId == row.OrganisationId && cell.Period == row.Period)
            select new { row.CaseId, row.RecordedBy, row.IndicatorId }).ToListAsync(cancel);
        if (revisions.Exists(row => persons.Contains(row.RecordedBy)))
        {
            return Recorded;
        }

        long[] cases = [.. revisions.Select(row => row.CaseId).Distinct()];
        List<Return> returns = await db.Set<Return>().AsNoTracking().Where(row => cases.Contains(row.CaseId)
            || db.Set<Correction>().Any(correction => correction.ReturnId == row.Id && cases.Contains(correction.CaseId))).ToListAsync(cancel);
        long[] returnIds = [.. returns.Select(row => row.Id)];
        long[] indicators = [.. revisions.Select(row => row.IndicatorId).Distinct()];
        List<long> corrections = await db.Set<Correction>()
            .Where(row => returnIds.Contains(row.ReturnId) && indicators.Contains(row.IndicatorId)
                && !(row.CauseKind == AppealProcedure.Code && row.CauseId == appeal.Id))
            .Select(row => row.CaseId).ToListAsync(cancel);
        if (await SteppedAsync([.. cases, .. returns.Select(row => row.CaseId), .. corrections], persons, cancel))
        {
            return Reviewed;
        }

        return await db.Set<CellQuery>().AnyAsync(row => returnIds.Contains(row.ReturnId) && indicators.Contains(row.IndicatorId)
            && (persons.Contains(row.AskedBy) || (row.AnsweredBy != null && persons.Contains(row.AnsweredBy.Value))), cancel)
            ? Asked
            : null;
    }

    /// <summary>Whether a person made a step; opening a correction by an earlier decision touches no value.</summary>
    private Task<bool> SteppedAsync(IReadOnlyList<long> cases, List<long> persons, CancellationToken cancel) =>
        db.Set<CaseStep>().AnyAsync(step => cases.Contains(step.CaseId) && step.Action != ReturnAction.OpenCell
            && !(step.Action == Opening && db.Set<Correction>().Any(correction => correction.CaseId == step.CaseId))
            && (persons.Contains(step.UserId) || (step.OnBehalfOf != null && persons.Contains(step.OnBehalfOf.Value))), cancel);
}
