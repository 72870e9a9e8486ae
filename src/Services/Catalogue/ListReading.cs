using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Catalogue;

/// <summary>An entry as a list shows it.</summary>
/// <param name="From">Since when this version is in force.</param>
internal sealed record EntryLine(
    long EntryId, long VersionId, long CityId, string Code, string List, long DepartmentId, string Department, int Version, string State, DateOnly From, string Name, string Kind,
    int StatutoryDays, int PromisedDays);

/// <summary>An entry with its whole text.</summary>
internal sealed record EntryView(EntryLine Line, EntryText Text, string CameFrom);

/// <summary>A version in an entry's history.</summary>
internal sealed record VersionLine(int Version, string State, DateOnly From, string Change, string Reason, string Name);

/// <summary>A change as its department and those who judge it see it.</summary>
internal sealed record ChangeView(ListChange Change, string Department, string Stage, long Version, IReadOnlyList<EntryText> Texts)
{
    public IReadOnlyList<string> Codes => Change.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="After">Keyset: the code of the last line of the page before.</param>
internal sealed record EntryFilter(string? List = null, string? Kind = null, string? Words = null, string? After = null, bool InForce = false);

/// <summary>Reads the lists as they stand on a day, and the changes within the actor's scope.</summary>
internal sealed class ListReading(PlatformDb db, StepReading steps, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>One page by code; of a signed-in reader's own city, of every city for others.</summary>
    public async Task<IReadOnlyList<EntryLine>> PageAsync(EntryFilter filter, int size = PageSize, CancellationToken cancel = default)
    {
        long[] above = db.Actor.Ancestors;
        bool bound = db.Actor.UserId != 0 && above.Length > 1;
        string? words = string.IsNullOrWhiteSpace(filter.Words) ? null : filter.Words.Trim();
        return [.. (await Standing(clock.Today())
            .Where(row => (!bound || above.Contains(row.Entry.CityId)) && (filter.List == null || row.Entry.List == filter.List) && (filter.Kind == null || row.Version.Kind == filter.Kind)
                && (filter.After == null || string.Compare(row.Entry.Code, filter.After) > 0) && (!filter.InForce || row.Version.State != EntryState.Cancelled)
                && (words == null || row.Version.Name.Contains(words) || row.Entry.DepartmentName.Contains(words) || row.Entry.Code == words))
            .OrderBy(row => row.Entry.Code).Take(size).Select(row => new
            {
                row.Entry,
                row.Version.Id,
                row.Version.Version,
                row.Version.State,
                row.Version.InForceFrom,
                row.Version.Name,
                row.Version.Kind,
                row.Version.StatutoryDays,
                row.Version.PromisedDays,
            }).ToListAsync(cancel))
            .Select(row => new EntryLine(row.Entry.Id, row.Id, row.Entry.CityId, row.Entry.Code, row.Entry.List, row.Entry.DepartmentId, row.Entry.DepartmentName, row.Version, row.State,
                row.InForceFrom, row.Name, row.Kind, row.StatutoryDays, row.PromisedDays))];
    }

    /// <summary>How many entries of each list are in force or paused.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(CancellationToken cancel = default)
    {
        long[] above = db.Actor.Ancestors;
        bool bound = db.Actor.UserId != 0 && above.Length > 1;
        return await Standing(clock.Today()).Where(row => row.Version.State != EntryState.Cancelled && (!bound || above.Contains(row.Entry.CityId)))
            .GroupBy(row => row.Entry.List).Select(list => new { list.Key, Count = list.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
    }

    /// <summary>The entry as it stands on a day; today when left out. A reader's own city first, where two cities use a code.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<EntryView> FindAsync(string? code, DateOnly? day = null, CancellationToken cancel = default)
    {
        long[] above = db.Actor.Ancestors;
        Joined found = await Standing(day ?? clock.Today()).Where(row => row.Entry.Code == code).OrderBy(row => above.Contains(row.Entry.CityId) ? 0 : 1)
            .FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound();
        return View(found.Entry, found.Version);
    }

    /// <summary>The text of versions, for running cases that stay on them.</summary>
    public async Task<IReadOnlyDictionary<long, EntryView>> VersionsAsync(IReadOnlyCollection<long> versions, CancellationToken cancel = default) => (await (
        from version in db.Set<ListVersion>().AsNoTracking()
        join entry in db.Set<ListEntry>() on version.EntryId equals entry.Id
        where versions.Contains(version.Id)
        select new { entry, version }).ToListAsync(cancel)).ToDictionary(row => row.version.Id, row => View(row.entry, row.version));

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<VersionLine>> HistoryAsync(long entry, CancellationToken cancel = default) =>
        await db.Set<ListVersion>().AsNoTracking().Where(row => row.EntryId == entry).OrderByDescending(row => row.Version)
            .Select(row => new VersionLine(row.Version, row.State, row.InForceFrom, row.Change, row.Reason, row.Name)).ToListAsync(cancel);

    /// <summary>Newest first, one page.</summary>
    public Task<IReadOnlyList<ChangeView>> ChangesAsync(string? stage, long? before, CancellationToken cancel = default) =>
        ChangesAsync(row => (before == null || row.Change.Id < before) && (stage == null || row.File.Stage == stage), cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<ChangeView> ChangeAsync(long id, CancellationToken cancel = default) =>
        await ChangesAsync(row => row.Change.Id == id, cancel) is [var view] ? view : throw Refusal.NotFound();

    public Task<IReadOnlyList<StepLine>> StepsAsync(ChangeView change, CancellationToken cancel = default) =>
        steps.OfAsync([change.Change.CaseId], change.Change.OrganisationId, cancel);

    public static EntryText Text(string definition) => JsonSerializer.Deserialize<EntryText>(definition, Json.Options)!;

    private async Task<IReadOnlyList<ChangeView>> ChangesAsync(System.Linq.Expressions.Expression<Func<Pending, bool>> chosen, CancellationToken cancel)
    {
        var found = await (
            from change in db.Set<ListChange>().AsNoTracking()
            join file in db.Set<Case>() on change.CaseId equals file.Id
            join unit in db.Set<Organisation>() on change.OrganisationId equals unit.Id
            select new Pending { Change = change, File = file, Unit = unit.Name }).Where(chosen).OrderByDescending(row => row.Change.Id).Take(PageSize)
            .Select(row => new { row.Change, row.Unit, row.File.Stage, row.File.Version }).ToListAsync(cancel);
        return [.. found.Select(row => new ChangeView(row.Change, row.Unit, row.Stage, row.Version, JsonSerializer.Deserialize<EntryText[]>(row.Change.Texts, Json.Options)!))];
    }

    /// <summary>Of each entry the highest version whose day has come.</summary>
    private IQueryable<Joined> Standing(DateOnly day) =>
        from version in db.Set<ListVersion>().AsNoTracking()
        join entry in db.Set<ListEntry>() on version.EntryId equals entry.Id
        where version.InForceFrom <= day && !db.Set<ListVersion>().Any(later => later.EntryId == version.EntryId && later.InForceFrom <= day && later.Version > version.Version)
        select new Joined { Entry = entry, Version = version };

    private static EntryView View(ListEntry entry, ListVersion version) => new(
        new EntryLine(entry.Id, version.Id, entry.CityId, entry.Code, entry.List, entry.DepartmentId, entry.DepartmentName, version.Version, version.State, version.InForceFrom, version.Name,
            version.Kind, version.StatutoryDays, version.PromisedDays), Text(version.Definition), entry.CameFrom);

    private sealed class Joined
    {
        public required ListEntry Entry { get; init; }

        public required ListVersion Version { get; init; }
    }

    private sealed class Pending
    {
        public required ListChange Change { get; init; }

        public required Case File { get; init; }

        public required string Unit { get; init; }
    }
}
