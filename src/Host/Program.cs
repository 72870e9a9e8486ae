using Lodestone.Host;
using Lodestone.Kernel;

// The list of chapters. Nothing else in the host knows them.
IReadOnlyList<IModule> modules =
[
];

return await CommandLine.RunAsync(args, modules);
