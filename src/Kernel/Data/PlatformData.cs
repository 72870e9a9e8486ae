using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Data;

/// <summary>Registers the database and the pooled contexts, each leased for the actor of its scope.</summary>
public static class PlatformData
{
    public static IServiceCollection AddPlatformData(this IServiceCollection services, Database database, RecordDigest digest)
    {
        services.AddSingleton(database);
        services.AddSingleton(digest);
        services.AddSingleton<Ids>();
        services.AddSingleton<CallerReading>();
        services.AddSingleton<Organisations.OrganisationByCode>();
        services.AddPooledDbContextFactory<PlatformDb>(options =>
        {
            if (database.Engine == Engine.Postgres)
            {
                options.UseNpgsql(database.Postgres);
            }
            else
            {
                options.UseSqlite(database.Create().ConnectionString);
                if (database.Synchronous != "FULL")
                {
                    options.AddInterceptors(new SqliteSettings(database));
                }
            }

            options.ConfigureWarnings(warnings => warnings.Ignore(
                // A guard on both ends of a required relation is what we want: an unseen parent hides its child.
                CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
        });
        // The scope disposes what this returns, once. A holder that disposed it as well would take the context from the next lease.
        services.AddScoped(provider =>
        {
            CurrentActor current = provider.GetRequiredService<CurrentActor>();
            PlatformDb db = provider.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(current.Actor);
            current.Changed = db.Lease;
            return db;
        });
        return services;
    }

    /// <summary>A context outside any request, for a job or a command of the platform itself.</summary>
    public static PlatformDb Lease(this IDbContextFactory<PlatformDb> factory, Actor actor)
    {
        PlatformDb db = factory.CreateDbContext();
        db.Forget();
        db.Lease(actor);
        return db;
    }
}
