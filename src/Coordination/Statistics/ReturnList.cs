using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A line of the list of returns.</summary>
internal sealed record ReturnLine(
    long Id, string Form, string FormName, string Organisation, string OrganisationName, Period Period, string Stage, DateTimeOffset Since, bool Correction,
    long Version);

/// <summary>What the address bar asks the list for.</summary>
/// <param name="Own">Only organisations where the actor reports.</param>
/// <param name="Before">Keyset: the id of the last line of the page before.</param>
internal sealed record ReturnFilter(bool Own, string? Stage, string? Form, Period? Period, string? Organisation, long? Before);

/// <summary>Lists returns within the actor's scope, newest first.</summary>
internal sealed class ReturnList(PlatformDb db)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<ReturnLine>> PageAsync(ReturnFilter filter, CancellationToken cancel = default)
    {
        IQueryable<Listed> rows = Matching(filter);
        if (filter.Stage is { } stage)
        {
            rows = rows.Where(row => row.File.Stage == stage);
        }

        if (filter.Before is { } before)
        {
            rows = rows.Where(row => row.Return.Id < before);
        }

        return await rows.OrderByDescending(row => row.Return.Id).Take(PageSize).Select(row => new ReturnLine(
            row.Return.Id, row.Form.Code, row.Form.Name, row.Organisation.Code, row.Organisation.Name, row.Return.Period, row.File.Stage,
            row.File.StageSince, false, row.File.Version)).ToListAsync(cancel);
    }

    /// <summary>How many returns stand in each stage, under the same filter.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(ReturnFilter filter, CancellationToken cancel = default) =>
        await Matching(filter).GroupBy(row => row.File.Stage).Select(stage => new { stage.Key, Count = stage.Count() })
            .ToDictionaryAsync(stage => stage.Key, stage => stage.Count, cancel);

    /// <summary>Corrections that are on their way, oldest first; few at any time.</summary>
    public async Task<IReadOnlyList<ReturnLine>> CorrectionsAsync(bool own, CancellationToken cancel = default)
    {
        long[] units = Own();
        return await (
            from correction in db.Set<Correction>()
            join file in db.Set<Return>() on correction.ReturnId equals file.Id
            join form in db.Set<Form>() on file.FormId equals form.Id
            join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
            join open in db.Set<Case>() on correction.CaseId equals open.Id
            where open.Stage != ReturnStage.Approved && (!own || units.Contains(file.OrganisationId))
            orderby correction.Id
            select new ReturnLine(
                correction.Id, form.Code, form.Name, organisation.Code, organisation.Name, file.Period, open.Stage, open.StageSince, true, open.Version))
            .Take(PageSize).ToListAsync(cancel);
    }

    /// <summary>Returns that wait for one of the actor's levels, oldest first.</summary>
    public async Task<IReadOnlyList<ReturnLine>> TurnAsync(CancellationToken cancel = default)
    {
        Transition[] turns = [.. ReturnProcedure.All.Where(table => ReturnProcedure.ReturnCodes.Contains(table.Code)).SelectMany(table => table.Transitions)
            .Where(move => !move.GoesBack && move.Role != Role.Reporter && db.Actor.Is(move.Role))];
        string[] stages = [.. turns.Select(move => move.From).Distinct()];
        if (stages.Length == 0)
        {
            return [];
        }

        var waiting = await Matching(new ReturnFilter(false, null, null, null, null, null)).Where(row => stages.Contains(row.File.Stage))
            .OrderBy(row => row.File.StageSince).Take(500).Select(row => new
            {
                row.Organisation.Path,
                row.File.Procedure,
                Line = new ReturnLine(row.Return.Id, row.Form.Code, row.Form.Name, row.Organisation.Code, row.Organisation.Name, row.Return.Period,
                    row.File.Stage, row.File.StageSince, false, row.File.Version),
            }).ToListAsync(cancel);
        return [.. waiting.Where(row => ReturnProcedure.All.First(table => table.Code == row.Procedure).From(row.Line.Stage)
            .Any(move => !move.GoesBack && db.Actor.May(move.Role, move.Seat, row.Path) is not null)).Select(row => row.Line)];
    }

    private IQueryable<Listed> Matching(ReturnFilter filter)
    {
        IQueryable<Listed> rows =
            from file in db.Set<Return>().AsNoTracking()
            join form in db.Set<Form>() on file.FormId equals form.Id
            join organisation in db.Set<Organisation>() on file.OrganisationId equals organisation.Id
            join open in db.Set<Case>() on file.CaseId equals open.Id
            select new Listed { Return = file, Form = form, Organisation = organisation, File = open };
        if (filter.Own)
        {
            long[] units = Own();
            rows = rows.Where(row => units.Contains(row.Return.OrganisationId));
        }

        if (filter.Form is { } code)
        {
            rows = rows.Where(row => row.Form.Code == code);
        }

        if (filter.Period is { } period)
        {
            rows = rows.Where(row => row.Return.Period == period);
        }

        if (filter.Organisation is { } text)
        {
            rows = rows.Where(row => row.Organisation.Name.Contains(text) || row.Organisation.Code == text);
        }

        return rows;
    }

    private long[] Own() => [.. db.Actor.Grants.Where(grant => grant.Role == Role.Reporter).Select(grant => grant.OrganisationId).Distinct()];

    private sealed class Listed
    {
        public required Return Return { get; init; }

        public required Form Form { get; init; }

        public required Organisation Organisation { get; init; }

        public required Case File { get; init; }
    }
}
