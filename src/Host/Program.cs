using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Cockpit;
using Lodestone.Coordination.Meetings;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Coordination.Supervision;
using Lodestone.Host;
using Lodestone.Kernel;

return await CommandLine.RunAsync(args, Modules);

internal static partial class Program
{
    /// <summary>The list of chapters. Nothing else in the host knows them.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
    [
        new PlansModule(),
        new SupervisionModule(),
        new StatisticsModule(),
        new AssessmentModule(),
        new MeetingsModule(),
        new CockpitModule(),
    ];
}
