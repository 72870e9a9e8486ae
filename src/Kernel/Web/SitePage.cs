using Lodestone.Kernel.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Kernel.Web;

/// <summary>
/// A page of the site. It is drawn only when it has read everything it shows: asynchronous reads would otherwise let a half-read
/// page be drawn. A command that succeeds leads to an address with <c>done</c>, so that reloading repeats nothing; a refused one
/// draws the page again with the refusal and what was typed.
/// </summary>
public abstract class SitePage : ComponentBase
{
    private Task? _read;

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

    /// <summary>Sets the parameters, reads once, and only then lets the page be drawn.</summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await (_read ??= ReadAsync());
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;

    /// <summary>A field of the posted form by name; null when nothing or no such field was posted.</summary>
    protected string? Posted(string name) =>
        Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) ? value.ToString() : null;

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
            // The page itself is here; what the command named is not. With a 404 the framework would leave the answer without content, and what was typed would be lost.
            Http.Response.StatusCode = refusal.Status == StatusCodes.Status404NotFound ? StatusCodes.Status422UnprocessableEntity : refusal.Status;
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
