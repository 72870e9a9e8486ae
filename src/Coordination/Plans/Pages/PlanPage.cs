using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans.Pages;

/// <summary>What the plan's pages share: which plan is open, and how dates and lights are written.</summary>
public abstract class PlanPage : SitePage
{
    [Inject]
    protected CurrentActor Current { get; set; } = null!;

    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Code of the plan; the only or newest development plan when absent.</summary>
    [SupplyParameterFromQuery(Name = "plan")]
    protected string? PlanCode { get; set; }

    protected string PrintLine => Words.Say("plans.printed", Current.Actor.DisplayName, Clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The plan that the address names, or the newest development plan; null when there is none.</summary>
    private protected async Task<Plan?> OpenAsync() => PlanCode is null
        ? await Db.Set<Plan>().AsNoTracking().Where(row => row.ParentId == null).OrderByDescending(row => row.Id).FirstOrDefaultAsync()
        : await Db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == PlanCode) ?? throw Refusal.NotFound();

    protected static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    private protected string LightWord(MeasureState state) => state.Light switch
    {
        LightKind.Late => Words.Say("plans.light.late-days", state.Days ?? 0),
        LightKind.Due when state.Days is { } left => Words.Say("plans.light.due-days", left),
        _ => Words.Say($"plans.light.{state.Light.ToString().ToLowerInvariant()}"),
    };
}
