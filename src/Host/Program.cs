using Lodestone.Coordination.Accountability;
using Lodestone.Coordination.Advice;
using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Bulletins;
using Lodestone.Coordination.Cockpit;
using Lodestone.Coordination.Meetings;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Coordination.Supervision;
using Lodestone.Host;
using Lodestone.Kernel;
using Lodestone.Services.Cases;
using Lodestone.Services.Catalogue;
using Lodestone.Services.Efficiency;

return await CommandLine.RunAsync(args, Modules);

internal static partial class Program
{
    /// <summary>The list of chapters. Nothing else in the host knows them. A pack is played in this order, so what reaches furthest back comes first.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
    [
        new CatalogueModule(),
        new CasesModule(),
        new EfficiencyModule(),
        new PlansModule(),
        new SupervisionModule(),
        new AccountabilityModule(),
        new BulletinsModule(),
        new AdviceModule(),
        new StatisticsModule(),
        new AssessmentModule(),
        new MeetingsModule(),
        new CockpitModule(),
    ];
}
