using Lodestone.Kernel.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Kernel.Web;

/// <summary>
/// A page with forms. A command that succeeds leads to an address with <c>done</c>, so that reloading repeats nothing; a refused
/// one draws the page again with the refusal and what was typed.
/// </summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected PlatformDb Db { get; set; } = null!;

    [Inject]
    protected Words Words { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Key of what was done, <c>done.{key}</c> in the resources.</summary>
    [SupplyParameterFromQuery]
    protected string? Done { get; set; }

    /// <summary>Why the command was refused; null when none was.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>Runs a command; false when it was refused.</summary>
    protected async Task<bool> TryAsync(Func<Task> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        try
        {
            await command();
            return true;
        }
        catch (Refusal refusal)
        {
            Refused = refusal;
            Http.Response.StatusCode = refusal.Status;
            Db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Runs a command and leads on; a refusal stays on the page.</summary>
    protected async Task TryAsync(Func<Task> command, string to, string done)
    {
        if (await TryAsync(command))
        {
            Navigation.NavigateTo($"{to}{(to.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}");
        }
    }
}
