using Lodestone.Kernel.Packs;

namespace Lodestone.Services.Cases;

/// <summary>Plays a pack's windows, appointments and cases.</summary>
internal static class CasesPack
{
    public static Task LoadAsync(PackRun run) => Task.CompletedTask;
}
