using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Services.Cases;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Services.Efficiency;

/// <summary>How departments, windows and people do, counted on net working days with the clocks' ledgers as proof (service efficiency, 服务效能).</summary>
public sealed class EfficiencyModule : IModule
{
    /// <summary>Who sees the figures of a department; a person sees the own record.</summary>
    internal static readonly string[] Readers = [.. CasesModule.Staff, Role.Reporter];

    public IEnumerable<MenuEntry> Menu =>
    [
        new("services", "efficiency.title", EfficiencyAddress.Figures, "dashboard", 50, CasesModule.Staff),
        new("services", "efficiency.own", EfficiencyAddress.Own, "user", 60, CasesModule.Staff),
    ];

    public IEnumerable<Procedure> Procedures => [RecordProcedure.Table];

    public void Model(ModelBuilder model) => EfficiencyModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<EfficiencyReading>();
        services.AddScoped<RecordDesk>();
        services.AddScoped<EfficiencyWorkbook>();
        services.AddSingleton<ICaseShare, RecordShare>();
    }

    public void Routes(IEndpointRouteBuilder routes) => EfficiencyEndpoints.Map(routes);

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind == RecordQuestion.SubjectKind ? EfficiencyAddress.Own : null);

    public Task LoadAsync(PackRun run) => EfficiencyPack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class EfficiencyAddress
{
    public const string Figures = "/service-efficiency";

    public const string Cases = "/service-efficiency/cases";

    public const string Own = "/service-efficiency/record";
}
