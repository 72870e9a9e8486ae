using Lodestone.Kernel.Packs;

namespace Lodestone.Services.Efficiency;

/// <summary>Confirms a pack's figures and asks for the corrections of records that it names.</summary>
internal static class EfficiencyPack
{
    public static Task LoadAsync(PackRun run) => Task.CompletedTask;
}
