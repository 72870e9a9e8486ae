using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Statistics;
using Lodestone.Host;
using Lodestone.Kernel;

// The list of chapters. Nothing else in the host knows them.
IReadOnlyList<IModule> modules =
[
    new StatisticsModule(),
    new AssessmentModule(),
];

return await CommandLine.RunAsync(args, modules);
