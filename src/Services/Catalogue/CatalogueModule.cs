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

namespace Lodestone.Services.Catalogue;

/// <summary>The lists of what departments owe, may do and charge, and of the items that are applied for, with their versions (list system, 清单制度).</summary>
public sealed class CatalogueModule : IModule
{
    /// <summary>Proposes changes for its department (清单管理员).</summary>
    internal const string Keeper = "list-keeper";

    /// <summary>Looks at a change by the law (合法性审查员).</summary>
    internal const string Lawyer = "list-lawyer";

    /// <summary>Decides on changes for the city (清单主管).</summary>
    internal const string Office = "list-office";

    public IEnumerable<Role> Roles =>
    [
        new(Keeper),
        new(Lawyer) { ActsForParent = true, ReachKinds = [OrganisationKind.City], ReachesWhereNamed = true },
        new(Office) { ActsForParent = true, ReachKinds = [OrganisationKind.City], ReachesWhereNamed = true },
    ];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("services", "lists.guide", "/services", "book", 30),
        new("services", "lists.title", ListAddress.Lists, "list", 40, Keeper, Lawyer, Office),
    ];

    public IEnumerable<Procedure> Procedures => [ListChangeProcedure.Table];

    public void Model(ModelBuilder model) => CatalogueModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<ListReading>();
        services.AddScoped<ListChangeDesk>();
        services.AddScoped<ListApply>();
        services.AddScoped<ListImport>();
    }

    public void Routes(IEndpointRouteBuilder routes) => ListEndpoints.Map(routes);

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind == ListChange.SubjectKind ? ListAddress.Change(subject.Id) : null);

    public Task LoadAsync(PackRun run) => CataloguePack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class ListAddress
{
    public const string Guide = "/services";

    public const string Lists = "/service-lists";

    public static string Item(string code) => $"/services/{Uri.EscapeDataString(code)}";

    /// <summary>Where a change that was sent back is edited.</summary>
    public static string Revise(string code, long change) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/service-lists/edit/{Uri.EscapeDataString(code)}?change={change}");

    public static string Change(long change) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/service-lists/{change}");
}
