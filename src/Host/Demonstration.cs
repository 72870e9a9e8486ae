using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Packs;

namespace Lodestone.Host;

/// <summary>
/// Fills an empty platform with the first pack, so that <c>./run</c> shows a living city. Its quarters lie around today; the plan's
/// own period is 2021-2025.
/// </summary>
internal static class Demonstration
{
    private static Pack First { get; } = new(Path.Combine(AppContext.BaseDirectory, "packs", "maanshan-magnetic"));

    public static async Task LoadAsync(IServiceProvider services, Settings settings)
    {
        if (!Directory.Exists(First.Folder))
        {
            return;
        }

        if (await PackLoader.IsEmptyAsync(services))
        {
            await PlayAsync(services, settings);
        }

        if (await PackLoader.IsLoadedAsync(services, First.Code))
        {
            services.GetRequiredService<DemonstrationAccounts>().Show(PackLoader.AccountsOf(First));
        }
    }

    private static async Task PlayAsync(IServiceProvider services, Settings settings)
    {
        IReadOnlyList<IModule> modules = services.GetRequiredService<Catalogue>().Modules;
        DateOnly today = services.GetRequiredService<TimeProvider>().Today();
        var clock = new PackClock(new DateTimeOffset(today.AddDays(-200).ToDateTime(new TimeOnly(9, 0)), Clock.LegalOffset));
        // A second house over the same database, under the history's clock; it never serves.
        await using WebApplication history = Site.Build(settings, modules, more => more.AddSingleton<TimeProvider>(clock));
        await PackLoader.LoadAsync(new PackRun(history.Services, First, clock, today), modules);
    }
}
