using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>Where a correction is worked on, in the words of the contract's routes.</summary>
internal sealed record CorrectionPlace(string Form, string Organisation, Period Period, string Indicator, long CaseId, string Stage);

/// <summary>Opens one approved cell to its owner when another mechanism has so decided. Written by the next save.</summary>
internal sealed class CorrectionDesk(PlatformDb db, CaseDesk desk, Ids ids, Words words, TimeProvider clock)
{
    /// <summary>Opens the correction's case, opens the cell and tells the reporter.</summary>
    /// <param name="cell">The approved value in doubt, within the actor's scope.</param>
    /// <param name="cause">The decision that opens it, e.g. the appeal.</param>
    /// <param name="reason">Goes with every revision made under the correction.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>; <c>correction.open</c>: the return already has a correction that is not approved;
    /// <c>correction.not-approved</c>: the return itself is still on its way.
    /// </exception>
    public async Task<Correction> OpenAsync(Observation cell, Subject cause, string reason, CancellationToken cancel = default)
    {
        Return file = await ReturnOfAsync(cell, cancel);
        CaseView first = await desk.ReadAsync(file.CaseId, cancel);
        if (first.Stage != ReturnStage.Approved)
        {
            throw new Refusal("correction.not-approved", 422, first.Title);
        }

        Correction? before = await db.Set<Correction>().AsNoTracking().Where(row => row.ReturnId == file.Id)
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
        if (before is not null && (await desk.ReadAsync(before.CaseId, cancel)).Stage != ReturnStage.Approved)
        {
            throw new Refusal("correction.open", 422, first.Title);
        }

        Indicator indicator = await db.Set<Indicator>().AsNoTracking().FirstAsync(row => row.Id == cell.IndicatorId, cancel);
        long id = await ids.NextAsync(cancel);
        CaseView opened = await desk.OpenAsync(ReturnProcedure.CorrectionOf(first.Procedure), new Subject(Correction.SubjectKind, id),
            file.OrganisationId, first.OrganisationPath, words.Say("correction.title", first.Title, indicator.Name), cancel);
        await desk.AdvanceAsync(opened, ReturnAction.OpenCell, reason, cancel);
        var made = new Correction
        {
            Id = id,
            ReturnId = file.Id,
            Number = (before?.Number ?? 0) + 1,
            IndicatorId = cell.IndicatorId,
            OrganisationId = file.OrganisationId,
            CaseId = opened.Id,
            CauseKind = cause.Kind,
            CauseId = cause.Id,
            ObservationId = cell.Id,
            Reason = reason,
            OpenedAt = clock.Instant(),
        };
        db.Add(made);
        return made;
    }

    /// <summary>The correction that a decision opened; null when it opened none that the actor may see.</summary>
    public async Task<CorrectionPlace?> PlaceOfAsync(Subject cause, CancellationToken cancel = default) => await (
        from correction in db.Set<Correction>()
        join file in db.Set<Return>() on correction.ReturnId equals file.Id
        join form in db.Set<Form>() on file.FormId equals form.Id
        join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
        join indicator in db.Set<Indicator>() on correction.IndicatorId equals indicator.Id
        join opened in db.Set<Case>() on correction.CaseId equals opened.Id
        where correction.CauseKind == cause.Kind && correction.CauseId == cause.Id
        orderby correction.Id descending
        select new CorrectionPlace(form.Code, organisation.Code, file.Period, indicator.Code, opened.Id, opened.Stage))
        .FirstOrDefaultAsync(cancel);

    /// <summary>The return whose case, or whose earlier correction's case, the value was recorded in.</summary>
    private async Task<Return> ReturnOfAsync(Observation cell, CancellationToken cancel) =>
        await db.Set<Return>().AsNoTracking().FirstOrDefaultAsync(
            row => row.CaseId == cell.CaseId
                || db.Set<Correction>().Any(correction => correction.CaseId == cell.CaseId && correction.ReturnId == row.Id), cancel)
        ?? throw Refusal.NotFound();
}
