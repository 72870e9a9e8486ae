using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A round that the actor may open.</summary>
/// <param name="Version">For moves: the case's version.</param>
/// <param name="File">The city's case; null for a reader from an assessed unit, who makes no move.</param>
/// <param name="Units">The assessed units within the actor's scope, by code; for an officer all of them.</param>
internal sealed record OpenedRound(
    Round Round, SchemeVersion Scheme, Organisation City, string Stage, long Version, CaseView? File, IReadOnlyDictionary<string, long> Units)
{
    /// <summary>Works on the round for the city: sees every unit's values, at any stage.</summary>
    public bool Officer => File is not null;
}

/// <summary>
/// The one place that decides who may open a round, which is a shared row: officers of the city at any stage, assessed units
/// once the results are fed back to them, nobody else.
/// </summary>
internal sealed class RoundDoor(PlatformDb db, CaseDesk desk)
{
    private static readonly string[] s_officers =
        [AssessmentModule.Assessor, AssessmentModule.AppealOfficer, StatisticsModule.Approver, StatisticsModule.Reviewer];

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<OpenedRound> OpenAsync(long id, CancellationToken cancel = default)
    {
        Round round = await db.Set<Round>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        Organisation city = await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == round.CityId, cancel)
            ?? throw Refusal.NotFound();
        Dictionary<string, long> units = await db.Set<RoundUnit>().AsNoTracking().Where(row => row.RoundId == id)
            .ToDictionaryAsync(row => row.Code, row => row.OrganisationId, cancel);
        SchemeVersion scheme = await db.Set<SchemeVersion>().AsNoTracking().FirstAsync(row => row.Id == round.SchemeId, cancel);
        if (IsOfficer(city.Path))
        {
            CaseView file = await desk.ReadAsync(round.CaseId, cancel);
            return new OpenedRound(round, scheme, city, file.Stage, file.Version, file, units);
        }

        return round.ReleasedStep is { } step && units.Count > 0
            ? new OpenedRound(round, scheme, city, RoundProcedure.Released, step, null, units)
            : throw Refusal.NotFound();
    }

    /// <summary>The rounds that the actor may open, newest first.</summary>
    public async Task<IReadOnlyList<RoundLine>> ListAsync(long? before = null, int size = 50, CancellationToken cancel = default)
    {
        long[] cities = [.. (await db.Set<Organisation>().AsNoTracking().Where(row => row.Kind == OrganisationKind.City).ToListAsync(cancel))
            .Where(city => IsOfficer(city.Path)).Select(city => city.Id)];
        var rows = await (
            from round in db.Set<Round>().AsNoTracking()
            join scheme in db.Set<SchemeVersion>() on round.SchemeId equals scheme.Id
            join file in db.Set<Case>() on round.CaseId equals file.Id into files
            from file in files.DefaultIfEmpty()
            where (before == null || round.Id < before) && (cities.Contains(round.CityId)
                || (round.ReleasedStep != null && db.Set<RoundUnit>().Any(unit => unit.RoundId == round.Id)))
            orderby round.Id descending
            select new
            {
                round,
                scheme.Code,
                scheme.Version,
                Stage = file == null ? null : file.Stage,
                Units = db.Set<RoundUnit>().Count(unit => unit.RoundId == round.Id),
            }).Take(size).ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new RoundLine(row.round.Id, row.Code, row.Version, row.round.Period.ToString(),
                row.Stage ?? RoundProcedure.Released, row.round.ReleasedAt, row.Units)),
        ];
    }

    private bool IsOfficer(string cityPath) => s_officers.Any(role => db.Actor.May(role, Seat.At, cityPath) is not null);
}

/// <summary>A round in a list.</summary>
/// <param name="Units">How many of its units the reader may see.</param>
internal sealed record RoundLine(
    long Id, string Scheme, int SchemeVersion, string Period, string Stage, DateTimeOffset? ReleasedAt, int Units);
