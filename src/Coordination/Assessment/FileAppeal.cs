using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>What a unit objects to.</summary>
internal sealed record AppealRequest(long Round, string? Unit, string? Criterion, long? Observation, string? Ground, string? Reason);

/// <summary>Files an appeal; written by the next save.</summary>
internal sealed class FileAppeal(
    PlatformDb db, Ids ids, CaseDesk desk, RoundDoor door, RunBook runs, OrganisationTree tree, CalendarBook calendars, TimeProvider clock)
{
    public const int LongestReason = 4000;

    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>appeal.not-released</c>, <c>appeal.unit</c>, <c>appeal.window-closed</c>,
    /// <c>appeal.criterion</c>, <c>appeal.ground</c>, <c>appeal.reason</c>, <c>appeal.observation-missing</c>, <c>appeal.observation</c>,
    /// <c>appeal.duplicate</c>
    /// </exception>
    public async Task<(Appeal Appeal, CaseView File)> FileAsync(AppealRequest request, CancellationToken cancel = default)
    {
        OpenedRound opened = await door.OpenAsync(request.Round, cancel);
        Organisation unit = await tree.FindAsync(request.Unit, cancel);
        if (!opened.Units.ContainsKey(unit.Code))
        {
            throw new Refusal("appeal.unit", 422, unit.Name);
        }

        if (db.Actor.May(AssessmentModule.Liaison, Seat.Own, unit.Path) is null)
        {
            throw Refusal.Role();
        }

        DateOnly last = await LastDayAsync(opened.Round, calendars, cancel) ?? throw new Refusal("appeal.not-released");
        if (clock.Today() > last)
        {
            throw new Refusal("appeal.window-closed", 422, AppealProcedure.FilingWorkdays, last.ToString("O", null));
        }

        Criterion criterion = await CheckAsync(opened, unit, request, cancel);
        int ordinal = await NextOrdinalAsync(unit, request, cancel);
        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(AppealProcedure.Table, new Subject(AppealProcedure.Code, id), unit.Id, unit.Path,
            $"{unit.Name} {criterion.Name}", cancel);
        file = await desk.MoveAsync(file, file.Version, AppealProcedure.File, request.Reason!.Trim(), cancel);
        var made = new Appeal
        {
            Id = id,
            RoundId = request.Round,
            OrganisationId = unit.Id,
            Criterion = criterion.Code,
            ObservationId = request.Observation,
            Ground = request.Ground!,
            Reason = request.Reason.Trim(),
            Ordinal = ordinal,
            FiledBy = db.Actor.UserId,
            FiledAt = clock.Instant(),
            CaseId = file.Id,
        };
        db.Add(made);
        return (made, file);
    }

    /// <summary>The last day on which a unit may appeal; null before the release.</summary>
    public static async Task<DateOnly?> LastDayAsync(Round round, CalendarBook calendars, CancellationToken cancel = default) =>
        round.ReleasedAt is { } released
            ? (await calendars.CurrentAsync(cancel)).AddWorkdays(released.LegalDay(), AppealProcedure.FilingWorkdays).DueOn
            : null;

    /// <summary>Whether the actor may appeal for the unit today; what is appealed is checked when it is filed.</summary>
    public async Task<bool> MayAsync(OpenedRound opened, string unitCode, CancellationToken cancel = default) =>
        await LastDayAsync(opened.Round, calendars, cancel) is { } last && clock.Today() <= last
        && opened.Units.TryGetValue(unitCode, out long unit)
        && db.Actor.Grants.Any(grant => grant.Role == AssessmentModule.Liaison && grant.OrganisationId == unit);

    private async Task<Criterion> CheckAsync(OpenedRound opened, Organisation unit, AppealRequest request, CancellationToken cancel)
    {
        Criterion criterion = opened.Scheme.Read().Criteria.FirstOrDefault(row => row.Code == request.Criterion)
            ?? throw new Refusal("appeal.criterion", 422, request.Criterion ?? "");
        if (request.Ground is null || !AppealGround.All.Contains(request.Ground))
        {
            throw new Refusal("appeal.ground", 422, request.Ground ?? "");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            throw new Refusal("appeal.reason", 422, LongestReason);
        }

        RoundInputs inputs = (await runs.InForceAsync(opened.Round, cancel)).ReadInputs();
        IReadOnlyList<ObservationInput> values = inputs.Cell(unit.Code, criterion.Code).Observations;
        if (request.Observation is null)
        {
            // A figure that is missing altogether has no value that could be named.
            return request.Ground == AppealGround.Judgement || values.Count == 0 ? criterion : throw new Refusal("appeal.observation-missing");
        }

        return values.Any(input => input.Observation == request.Observation)
            ? criterion
            : throw new Refusal("appeal.observation", 422, request.Observation);
    }

    private async Task<int> NextOrdinalAsync(Organisation unit, AppealRequest request, CancellationToken cancel)
    {
        var before = await (
            from appeal in db.Set<Appeal>().AsNoTracking()
            join file in db.Set<Case>() on appeal.CaseId equals file.Id
            where appeal.RoundId == request.Round && appeal.OrganisationId == unit.Id && appeal.Criterion == request.Criterion
                && appeal.ObservationId == request.Observation
            select new { appeal, file.Stage }).ToListAsync(cancel);
        return before.Exists(row => row.appeal.IsOpen(row.Stage))
            ? throw new Refusal("appeal.duplicate")
            : before.Select(row => row.appeal.Ordinal).DefaultIfEmpty().Max() + 1;
    }
}
