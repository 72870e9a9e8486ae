using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Supervision;

/// <summary>Orders that a city presses until they are done, their clocks, lights and reminders (supervision, 督办).</summary>
public sealed class SupervisionModule : IModule
{
    /// <summary>Issues and closes orders for the city (督办员).</summary>
    internal const string Supervisor = "supervisor";

    /// <summary>Handles its unit's orders.</summary>
    internal const string Liaison = "liaison";

    /// <summary>Is told when an order is long overdue: who approves for the leading group.</summary>
    internal const string Leader = "approver";

    public IEnumerable<Role> Roles => [new(Supervisor) { ActsForParent = true, ReachKinds = [OrganisationKind.City] }];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("coordination", "supervision.title", "/supervision", "flag", 15, Supervisor, Liaison, Leader),
        new("coordination", "supervision.standing", "/supervision/standing", "list", 16, Supervisor, Leader),
    ];

    public IEnumerable<Procedure> Procedures => [SupervisionProcedure.Table];

    public void Model(ModelBuilder model) => SupervisionModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<SupervisionDesk>();
        services.AddScoped<SupervisionReading>();
        services.AddScoped<OrderMoves>();
        services.AddScoped<PaletteDesk>();
        services.AddScoped<SupervisionNotice>();
    }

    public void Routes(IEndpointRouteBuilder routes) => SupervisionEndpoints.Map(routes);

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind == SupervisionOrder.SubjectKind ? OrderAddress.Of(subject.Id) : null);

    public Task LoadAsync(PackRun run) => SupervisionPack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class OrderAddress
{
    public const string List = "/supervision";

    /// <summary>The form for a new order with what is known of it; who presses says what must be done.</summary>
    /// <param name="source">One of <see cref="OrderSource"/>.</param>
    /// <param name="lead">Code of the unit.</param>
    public static string New(string source, string title, string basis, string? lead) =>
        $"{List}?source={source}&title={Uri.EscapeDataString(title)}&basis={Uri.EscapeDataString(basis)}&lead={Uri.EscapeDataString(lead ?? "")}#issue";

    public static string Of(long order) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/supervision/{order}");
}
