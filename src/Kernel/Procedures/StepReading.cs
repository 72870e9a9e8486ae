using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Procedures;

/// <summary>A step as readers see it.</summary>
/// <param name="Id">Of the step.</param>
/// <param name="By">Display name; empty for the platform. For a deputy both names are known.</param>
public sealed record StepLine(long Id, string Action, string By, string? OnBehalfOf, DateTimeOffset At, string? Note, string From, string To);

/// <summary>Reads what happened to cases, with the names of who did it.</summary>
public sealed class StepReading(PlatformDb db)
{
    /// <summary>The steps of an organisation's cases, oldest first, without the platform's own openings.</summary>
    public async Task<IReadOnlyList<StepLine>> OfAsync(IReadOnlyCollection<long> cases, long organisationId, CancellationToken cancel = default)
    {
        List<CaseStep> steps = await db.Set<CaseStep>().AsNoTracking()
            .Where(row => cases.Contains(row.CaseId) && row.OrganisationId == organisationId && row.Follows != 0).ToListAsync(cancel);
        long[] users = [.. steps.Select(row => row.UserId).Concat(steps.Select(row => row.OnBehalfOf).OfType<long>()).Distinct()];
        Dictionary<long, string> names = await db.Set<User>().Where(row => users.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancel);
        return
        [
            .. steps.OrderBy(row => row.At).ThenBy(row => row.Id).Select(row => new StepLine(
                row.Id, row.Action, names.GetValueOrDefault(row.UserId, ""), row.OnBehalfOf is { } owner ? names.GetValueOrDefault(owner, "") : null,
                row.At, row.Note, row.FromStage, row.ToStage)),
        ];
    }
}
