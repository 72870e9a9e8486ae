using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans.Pages;

/// <summary>
/// What the plan's pages share: which plan is open, and how a form ends. A command that succeeds leads to an address with <c>done</c>;
/// a refused one draws the page again with the refusal.
/// </summary>
public abstract class PlanPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected PlatformDb Db { get; set; } = null!;

    [Inject]
    protected Words Words { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected CurrentActor Current { get; set; } = null!;

    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Code of the plan; the only or newest one when absent.</summary>
    [SupplyParameterFromQuery(Name = "plan")]
    protected string? PlanCode { get; set; }

    [SupplyParameterFromQuery]
    protected string? Done { get; set; }

    protected Refusal? Refusal { get; private set; }

    protected string PrintLine => Words.Say("plans.printed", Current.Actor.DisplayName, Clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Runs a command and leads on; a refusal stays on the page.</summary>
    protected async Task TryAsync(Func<Task> command, string to, string done)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(to);
        try
        {
            await command();
        }
        catch (Refusal refusal)
        {
            Refusal = refusal;
            Http.Response.StatusCode = refusal.Status;
            Db.ChangeTracker.Clear();
            return;
        }

        Navigation.NavigateTo($"{to}{(to.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}");
    }

    /// <summary>The plan that the address names, or the newest; null when there is none.</summary>
    private protected async Task<Plan?> OpenAsync() => PlanCode is null
        ? await Db.Set<Plan>().AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync()
        : await Db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == PlanCode) ?? throw Refusal.NotFound();

    protected static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    private protected string LightWord(MeasureState state) => state.Light switch
    {
        LightKind.Late => Words.Say("plans.light.late-days", state.Days ?? 0),
        LightKind.Due when state.Days is { } left => Words.Say("plans.light.due-days", left),
        _ => Words.Say($"plans.light.{state.Light.ToString().ToLowerInvariant()}"),
    };
}
