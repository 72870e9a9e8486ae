using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>A matter as its reader may see it.</summary>
/// <param name="Stage">Null for a unit that is only asked for its opinion.</param>
/// <param name="Version">For moves; 0 where there is no stage.</param>
internal sealed record MatterView(Matter Row, string? Stage, long Version);

/// <summary>An opinion with where it stands.</summary>
internal sealed record OpinionView(MatterOpinion Row, string Stage, long Version);

/// <summary>
/// The one place that decides who reads a matter, which is a shared row: whoever sees its case, and a unit that is asked for its opinion.
/// The latter reads its own opinion only; who sees the case reads all of them, except while a unit of one's own is still asked: nobody speaks
/// after the others. A draft is its unit's own, whoever sees its case; who was asked of an earlier text does not read a reworked one.
/// </summary>
internal sealed class MatterReading(PlatformDb db, StepReading steps)
{
    public const int PageSize = 50;

    private static readonly string[] s_ended = [MatterProcedure.Resolved, MatterProcedure.Returned];

    /// <summary>Newest first, one page.</summary>
    /// <param name="open">Only those that are neither resolved nor returned.</param>
    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public async Task<IReadOnlyList<MatterView>> PageAsync(string? stage, bool open, long? before, CancellationToken cancel = default) =>
        [.. (await Readable().Where(row => (before == null || row.Row.Id < before) && (stage == null || row.Stage == stage) && (!open || row.Stage == null || !s_ended.Contains(row.Stage)))
            .OrderByDescending(row => row.Row.Id).Take(PageSize).ToListAsync(cancel)).Select(View)];

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<MatterView> FindAsync(long id, CancellationToken cancel = default) =>
        View(await Readable().FirstOrDefaultAsync(row => row.Row.Id == id, cancel) ?? throw Refusal.NotFound());

    /// <summary>The matters of a meeting that the reader may see.</summary>
    public async Task<IReadOnlyList<MatterView>> OfMeetingAsync(long meeting, CancellationToken cancel = default) =>
        [.. (await Readable().Where(row => row.Row.MeetingId == meeting).OrderBy(row => row.Row.Id).ToListAsync(cancel)).Select(View)];

    /// <summary>Those of the matter that the reader may see, the last round first. Who does not see the matter's case finds no other unit's case either.</summary>
    public async Task<IReadOnlyList<OpinionView>> OpinionsAsync(MatterView matter, CancellationToken cancel = default)
    {
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role == MeetingsModule.Liaison).Select(grant => grant.OrganisationId)];
        bool waits = own.Length > 0 && await (
            from row in db.Set<MatterOpinion>()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            where row.MatterId == matter.Row.Id && own.Contains(row.UnitId) && file.Stage == MatterOpinionProcedure.Asked
            select row.Id).AnyAsync(cancel);
        var rows = await (
            from row in db.Set<MatterOpinion>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id into files
            from file in files.DefaultIfEmpty()
            where row.MatterId == matter.Row.Id && (matter.Stage != null || file != null) && (!waits || own.Contains(row.UnitId))
            orderby row.Round descending, row.Id
            select new { row, Stage = file == null ? null : file.Stage, Version = file == null ? 0 : file.Version }).ToListAsync(cancel);
        return [.. rows.Select(one => new OpinionView(one.row, one.Stage ?? (one.row.GivenAt is null ? MatterOpinionProcedure.Asked : MatterOpinionProcedure.Given), one.Version))];
    }

    public async Task<IReadOnlyList<StepLine>> StepsAsync(MatterView matter, CancellationToken cancel = default) =>
        matter.Stage is null ? [] : await steps.OfAsync([matter.Row.CaseId], matter.Row.UnitId, cancel);

    private IQueryable<ReadableMatter> Readable()
    {
        long[] own = [.. db.Actor.Grants.Select(grant => grant.OrganisationId)];
        return
            from row in db.Set<Matter>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id into files
            from file in files.DefaultIfEmpty()
            where (file != null && (file.Stage != MatterProcedure.Draft || own.Contains(row.UnitId)))
                || db.Set<MatterOpinion>().Any(opinion => opinion.MatterId == row.Id && opinion.Round == row.Round && db.Set<Case>().Any(asked => asked.Id == opinion.CaseId))
            select new ReadableMatter { Row = row, Stage = file == null ? null : file.Stage, Version = file == null ? 0 : file.Version };
    }

    private static MatterView View(ReadableMatter row) => new(row.Row, row.Stage, row.Version);

    private sealed class ReadableMatter
    {
        public required Matter Row { get; init; }

        public string? Stage { get; init; }

        public long Version { get; init; }
    }
}
