using Lodestone.Kernel;
using Lodestone.Kernel.Data;

namespace Lodestone.Host;

/// <summary><c>lodestone serve</c> and the verbs that the kernel and the modules bring.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments, IReadOnlyList<IModule> modules)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        string verb = arguments is [var first, ..] && !first.StartsWith('-') ? first : "serve";
        Settings settings;
        try
        {
            settings = Settings.Read(arguments.Skip(verb == "serve" && arguments is not ["serve", ..] ? 0 : 1), Environment.GetEnvironmentVariable);
        }
        catch (FormatException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }

        if (verb == "serve")
        {
            await using WebApplication app = Site.Build(settings, modules);
            await Site.OpenAsync(app, settings);
            await app.StartAsync();
            Console.WriteLine($"磁石 Lodestone: {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            return 0;
        }

        CommandLineVerb[] verbs = [.. KernelModule.Verbs.Concat(modules.SelectMany(module => module.Verbs))];
        if (verbs.FirstOrDefault(candidate => candidate.Name == verb) is not { } found)
        {
            Console.Error.WriteLine("lodestone serve [--port 5080] [--data DIR] [--database \"Host=…\"] [--empty]");
            foreach (CommandLineVerb known in verbs)
            {
                Console.Error.WriteLine($"lodestone {known.Usage}");
            }

            return 2;
        }

        if (!found.NeedsDatabase)
        {
            return await found.Run(new ServiceCollection().BuildServiceProvider(), [.. settings.Rest]);
        }

        await using WebApplication host = Site.Build(settings, modules);
        await Schema.UpgradeAsync(host.Services.GetRequiredService<Database>(), TimeProvider.System);
        return await found.Run(host.Services, [.. settings.Rest]);
    }
}
