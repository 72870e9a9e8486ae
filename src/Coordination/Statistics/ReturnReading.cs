using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>Reads returns, their values, history and steps within the actor's scope.</summary>
internal sealed class ReturnReading(PlatformDb db, OrganisationTree tree, CaseDesk desk, StepReading steps, CalendarBook calendars, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>: no such form or unit, or the form does not ask this unit; <c>return.period</c>: not a period of the form.
    /// </exception>
    public async Task<ReturnFile> FindAsync(string form, string organisation, Period period, CancellationToken cancel = default)
    {
        Form asked = await db.Set<Form>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == form, cancel) ?? throw Refusal.NotFound();
        Organisation unit = await tree.FindAsync(organisation, cancel);
        if (!await db.Set<FormReporter>().AnyAsync(row => row.FormId == asked.Id && row.OrganisationId == unit.Id, cancel))
        {
            throw Refusal.NotFound();
        }

        if (period.Kind != asked.Frequency)
        {
            throw new Refusal("return.period", 422, asked.Name, period.ToString());
        }

        Return? file = await db.Set<Return>().AsNoTracking().FirstOrDefaultAsync(
            row => row.FormId == asked.Id && row.OrganisationId == unit.Id && row.Period == period, cancel);
        Correction? correction = file is null
            ? null
            : await db.Set<Correction>().AsNoTracking().Where(row => row.ReturnId == file.Id && row.OrganisationId == unit.Id)
                .OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
        CaseView? open = file is null ? null : await desk.ReadAsync(correction?.CaseId ?? file.CaseId, cancel);
        return new ReturnFile(asked, unit, period, await LinesAsync(asked.Id, cancel), file, correction, open, await EntryEndsAsync(asked, unit, period, open, cancel));
    }

    /// <summary>The last day on which the unit may write; null when entry does not close, or a level gave the return back.</summary>
    private async Task<DateOnly?> EntryEndsAsync(Form form, Organisation unit, Period period, CaseView? open, CancellationToken cancel)
    {
        if (form.ClosesAfterWorkdays is not { } grace || open is { Subject.Kind: Correction.SubjectKind })
        {
            return null;
        }

        DateOnly closes = (await calendars.CurrentAsync(cancel)).AddWorkdays(period.LastDay, form.DueWorkdays + grace).DueOn;
        if (clock.Today() <= closes)
        {
            return closes;
        }

        if (open is not null && await db.Set<CaseStep>()
            .Where(step => step.CaseId == open.Id && step.OrganisationId == unit.Id && step.Action != ReturnAction.Save)
            .OrderByDescending(step => step.At).ThenByDescending(step => step.Id).Select(step => step.Action).FirstOrDefaultAsync(cancel) == ReturnAction.SendBack)
        {
            return null;
        }

        DateOnly? granted = await (
            from entry in db.Set<LateEntry>()
            join decision in db.Set<Case>() on entry.CaseId equals decision.Id
            where entry.FormId == form.Id && entry.OrganisationId == unit.Id && entry.Period == period && decision.Stage == LateEntryProcedure.Granted
            select (DateOnly?)entry.Until).MaxAsync(cancel);
        return granted > closes ? granted : closes;
    }

    /// <summary>The newest revision of each cell, approved or not.</summary>
    public async Task<IReadOnlyDictionary<long, Observation>> NewestAsync(ReturnFile file, CancellationToken cancel = default)
    {
        long[] indicators = [.. file.Indicators.Select(row => row.Id)];
        return (await db.Set<Observation>().AsNoTracking()
                .Where(row => row.OrganisationId == file.Organisation.Id && row.Period == file.Period && indicators.Contains(row.IndicatorId))
                .ToListAsync(cancel))
            .GroupBy(row => row.IndicatorId)
            .ToDictionary(cell => cell.Key, cell => cell.MaxBy(row => row.Revision)!);
    }

    /// <summary>
    /// The unit's approved values of the form's indicators in all periods of the form's kind: in each cell the highest revision
    /// that a final approval in force covers.
    /// </summary>
    public async Task<ILookup<long, Observation>> ApprovedAsync(ReturnFile file, CancellationToken cancel = default)
    {
        long[] indicators = [.. file.Indicators.Select(row => row.Id)];
        var rows = await (
            from observation in db.Set<Observation>().AsNoTracking()
            join approval in db.Set<Approval>() on observation.CaseId equals approval.CaseId
            where observation.OrganisationId == file.Organisation.Id && indicators.Contains(observation.IndicatorId)
                && approval.OrganisationId == file.Organisation.Id && approval.Final && approval.WithdrawnAt == null
                && observation.RecordedAt <= approval.GrantedAt
            select observation).ToListAsync(cancel);
        return rows.Where(row => row.Period.Kind == file.Period.Kind)
            .GroupBy(row => (row.IndicatorId, row.Period))
            .Select(cell => cell.MaxBy(row => row.Revision)!)
            .ToLookup(row => row.IndicatorId);
    }

    public async Task<IReadOnlyDictionary<long, CellExplanation>> ExplanationsAsync(ReturnFile file, CancellationToken cancel = default) =>
        file.Return is not { } begun
            ? new Dictionary<long, CellExplanation>()
            : await db.Set<CellExplanation>().AsNoTracking().Where(row => row.ReturnId == begun.Id && row.OrganisationId == begun.OrganisationId)
                .ToDictionaryAsync(row => row.IndicatorId, cancel);

    public async Task<ILookup<long, CellQuery>> QueriesAsync(ReturnFile file, CancellationToken cancel = default)
    {
        long begun = file.Return?.Id ?? 0;
        List<CellQuery> rows = begun == 0
            ? []
            : await db.Set<CellQuery>().AsNoTracking().Where(row => row.ReturnId == begun && row.OrganisationId == file.Organisation.Id)
                .OrderBy(row => row.Id).ToListAsync(cancel);
        return rows.ToLookup(row => row.IndicatorId);
    }

    /// <summary>All that happened to the return and its corrections, oldest first, without the platform's own openings.</summary>
    public async Task<IReadOnlyList<StepLine>> StepsAsync(ReturnFile file, CancellationToken cancel = default)
    {
        if (file.Return is not { } begun)
        {
            return [];
        }

        List<long> cases = await db.Set<Correction>().Where(row => row.ReturnId == begun.Id && row.OrganisationId == begun.OrganisationId)
            .Select(row => row.CaseId).ToListAsync(cancel);
        cases.Add(begun.CaseId);
        return await steps.OfAsync(cases, begun.OrganisationId, cancel);
    }

    /// <summary>The table that the unit's return of the form runs through.</summary>
    public async Task<Procedure> ProcedureAsync(Form form, Organisation unit, CancellationToken cancel = default)
    {
        long[] above = [.. Organisation.Chain(unit.Path).Where(id => id != unit.Id)];
        return ReturnProcedure.For(form.Signing, await db.Set<Organisation>().Where(row => above.Contains(row.Id)).Select(row => row.Kind).ToListAsync(cancel));
    }

    /// <summary>The cells as the checks see them; of a correction on its way only the open one.</summary>
    /// <param name="written">Values that this command is about to write.</param>
    /// <param name="explained">Explanations that this command is about to write; an empty one takes the old one away.</param>
    public async Task<IReadOnlyList<CellFinding>> CheckAsync(
        ReturnFile file, IReadOnlyDictionary<long, long> written, IReadOnlyDictionary<long, string> explained, CancellationToken cancel = default)
    {
        IReadOnlyDictionary<long, Observation> newest = await NewestAsync(file, cancel);
        ILookup<long, Observation> approved = await ApprovedAsync(file, cancel);
        IReadOnlyDictionary<long, CellExplanation> kept = await ExplanationsAsync(file, cancel);
        CheckedCell[] cells =
        [
            .. file.Indicators.Where(indicator => !file.IsLocked(indicator)).Select(indicator => new CheckedCell(
                indicator.Code, indicator.Name, indicator.Unit, indicator.Decimals,
                written.TryGetValue(indicator.Id, out long value) ? value : newest.GetValueOrDefault(indicator.Id)?.Value,
                approved[indicator.Id].Where(row => row.Period < file.Period).MaxBy(row => row.Period)?.Value,
                explained.TryGetValue(indicator.Id, out string? text) ? text.Length > 0 : kept.ContainsKey(indicator.Id),
                [.. approved[indicator.Id].Where(row => row.Period < file.Period).Select(row => row.Value)])),
        ];
        return CellCheck.Run(cells, CellIdentity.Read(file.Form.Identities));
    }

    private Task<List<Indicator>> LinesAsync(long form, CancellationToken cancel) => (
        from line in db.Set<FormIndicator>().AsNoTracking()
        join indicator in db.Set<Indicator>().AsNoTracking() on line.IndicatorId equals indicator.Id
        where line.FormId == form
        orderby line.Line
        select indicator).ToListAsync(cancel);
}
