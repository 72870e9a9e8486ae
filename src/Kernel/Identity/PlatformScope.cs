using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Identity;

/// <summary>A scope of its own for a job of the platform: it sees the whole tree and holds no role.</summary>
public static class PlatformScope
{
    public static async Task<T> AsPlatformAsync<T>(this IServiceScopeFactory scopes, Func<IServiceProvider, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.Platform("/1/");
        return await work(scope.ServiceProvider);
    }
}
