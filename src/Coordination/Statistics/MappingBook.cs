using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>Keeps an organisation's column mappings. Written by the next save.</summary>
internal sealed class MappingBook(PlatformDb db, Ids ids, TimeProvider clock)
{
    private static readonly string[] s_roles = [StatisticsModule.Reviewer, Role.Reporter];

    /// <summary>The organisation whose mappings the actor keeps.</summary>
    public long Keeper => db.Actor.Grants.FirstOrDefault(grant => s_roles.Contains(grant.Role))?.OrganisationId ?? throw Refusal.Role();

    public Task<List<ImportMapping>> ListAsync(CancellationToken cancel = default)
    {
        long keeper = Keeper;
        return db.Set<ImportMapping>().AsNoTracking().Where(row => row.OrganisationId == keeper).OrderBy(row => row.Code).Take(200).ToListAsync(cancel);
    }

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<ImportMapping> FindAsync(string? code, CancellationToken cancel = default)
    {
        long keeper = Keeper;
        return await db.Set<ImportMapping>().AsNoTracking().FirstOrDefaultAsync(row => row.OrganisationId == keeper && row.Code == code, cancel)
            ?? throw Refusal.NotFound();
    }

    public static ImportLayout LayoutOf(ImportMapping mapping) => JsonSerializer.Deserialize<ImportLayout>(mapping.Layout, Json.Options)!;

    /// <param name="seen">The version last read; 0 for a new one.</param>
    /// <exception cref="Refusal">
    /// <c>mapping.code</c>, <c>mapping.name</c>, <c>request.stale</c>, <c>import.indicator-unknown</c>, and those of <see cref="ImportLayout.RequireWhole"/>
    /// </exception>
    public async Task<ImportMapping> SaveAsync(string? code, string? name, ImportLayout? layout, int seen, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > 64 || code.Contains('/', StringComparison.Ordinal))
        {
            throw new Refusal("mapping.code");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
        {
            throw new Refusal("mapping.name");
        }

        ImportLayout whole = layout ?? throw new Refusal("mapping.columns", 422, ImportLayout.MostColumns);
        whole.RequireWhole();
        await RequireKnownAsync(whole, cancel);
        long keeper = Keeper;
        ImportMapping? kept = await db.Set<ImportMapping>().FirstOrDefaultAsync(row => row.OrganisationId == keeper && row.Code == code, cancel);
        if ((kept?.Version ?? 0) != seen)
        {
            throw Refusal.Stale();
        }

        string? before = kept?.Layout;
        if (kept is null)
        {
            kept = new ImportMapping { Id = await ids.NextAsync(cancel), OrganisationId = keeper, Code = code };
            db.Add(kept);
        }

        kept.Name = name.Trim();
        kept.Layout = JsonSerializer.Serialize(whole, Json.Options);
        kept.Version++;
        kept.SavedAt = clock.Instant();
        db.Audit("mapping.save", new Subject(ImportMapping.SubjectKind, kept.Id), keeper, await ids.NextAsync(cancel), before, kept.Layout);
        return kept;
    }

    private async Task RequireKnownAsync(ImportLayout layout, CancellationToken cancel)
    {
        string[] named = [.. layout.Columns!.Select(column => column.Indicator).Append(layout.Indicator).OfType<string>().Distinct()];
        List<string> known = await db.Set<Indicator>().Where(row => named.Contains(row.Code) || named.Contains(row.Name))
            .Select(row => row.Code + "\n" + row.Name).ToListAsync(cancel);
        HashSet<string> texts = [.. known.SelectMany(row => row.Split('\n'))];
        if (named.FirstOrDefault(text => !texts.Contains(text)) is { } unknown)
        {
            throw new Refusal("import.indicator-unknown", 422, unknown);
        }
    }
}
