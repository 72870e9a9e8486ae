using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Accountability;

/// <summary>Units held to account on facts: verify, hear, decide, lift (accountability, 问责).</summary>
public sealed class AccountabilityModule : IModule
{
    public IEnumerable<MenuEntry> Menu =>
        [new("coordination", "accountability.title", MatterAddress.List, "seal", 17, SupervisionModule.Supervisor, SupervisionModule.Liaison, SupervisionModule.Leader)];

    public IEnumerable<Procedure> Procedures => [AccountabilityProcedure.Table];

    public void Model(ModelBuilder model) => AccountabilityModel.Build(model);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<AccountabilityDesk>();
        services.AddScoped<IRungReaction>(provider => provider.GetRequiredService<AccountabilityDesk>());
        services.AddScoped<AccountabilityReading>();
        services.AddScoped<AccountabilityPaper>();
    }

    public void Routes(IEndpointRouteBuilder routes) => AccountabilityEndpoints.Map(routes);

    public ValueTask<string?> PlaceOfAsync(PlatformDb db, Subject subject, CancellationToken cancel = default) =>
        ValueTask.FromResult(subject.Kind == AccountabilityMatter.SubjectKind ? MatterAddress.Of(subject.Id) : null);

    public Task LoadAsync(PackRun run) => AccountabilityPack.LoadAsync(run);
}

/// <summary>The addresses of the mechanism's pages.</summary>
internal static class MatterAddress
{
    public const string List = "/accountability";

    public static string Of(long matter) => string.Create(CultureInfo.InvariantCulture, $"{List}/{matter}");
}
