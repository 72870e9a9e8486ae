using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel;

/// <summary>
/// One mechanism of the plan as the host sees it. The class that implements it also names the mechanism's resource file
/// (<c>StatisticsModule.resx</c>), where each refusal code of the mechanism has its sentence.
/// </summary>
public interface IModule
{
    /// <summary>The mechanism's tables. Every entity is owned by an organisation or says why it is shared.</summary>
    void Model(ModelBuilder model);

    void Services(IServiceCollection services);

    /// <summary>API routes. Each one declares who may call it, or the host does not start.</summary>
    void Routes(IEndpointRouteBuilder routes);

    /// <summary>The tables of lawful moves that this mechanism runs.</summary>
    IEnumerable<Procedure> Procedures => [];

    /// <summary>Roles that this mechanism brings; a membership may name only declared roles.</summary>
    IEnumerable<Role> Roles => [];

    /// <summary>Entries of the side bar, each shown to the roles it names.</summary>
    IEnumerable<MenuEntry> Menu => [];

    /// <summary>The page where a subject of this mechanism is worked on; null for another mechanism's subject.</summary>
    ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) => ValueTask.FromResult<string?>(null);

    /// <summary>Fills the mechanism's tables from a pack, through the same doors as in daily work.</summary>
    Task LoadAsync(PackRun run) => Task.CompletedTask;

    /// <summary>What looks back on every mechanism's history; called when all of them have loaded theirs.</summary>
    Task LookBackAsync(PackRun run) => Task.CompletedTask;

    /// <summary>Verbs of the command line, such as <c>replay</c>.</summary>
    IEnumerable<CommandLineVerb> Verbs => [];
}

/// <summary>A verb of the command line: <c>lodestone audit verify</c> has the name <c>audit</c> and the arguments <c>verify</c>.</summary>
/// <param name="Run">Returns the exit code. The service provider is the host's, built but not serving.</param>
public sealed record CommandLineVerb(string Name, string Usage, Func<IServiceProvider, string[], Task<int>> Run)
{
    /// <summary>False for a verb that works in an empty data directory without a database.</summary>
    public bool NeedsDatabase { get; init; } = true;
}
