using System.Linq.Expressions;
using System.Reflection;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Data;

/// <summary>
/// The one context. One save is one transaction: a case step, its journal entry and its audit record stand or fall together.
/// Contexts are pooled and leased for an <see cref="Actor"/>; what the actor may not see does not exist in any query.
/// </summary>
public sealed partial class PlatformDb : DbContext, IDataProtectionKeyContext
{
    private readonly Catalogue _catalogue;
    private Actor _actor = Actor.Nobody;

    public PlatformDb(DbContextOptions<PlatformDb> options)
        : base(options)
    {
        IServiceProvider services = options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider
            ?? throw new InvalidOperationException("PlatformDb needs the host's services.");
        _catalogue = services.GetRequiredService<Catalogue>();
        Storage = services.GetRequiredService<Database>();
        _digest = services.GetRequiredService<Audit.RecordDigest>();
        _clock = services.GetRequiredService<TimeProvider>();
        ChangeTracker.AutoDetectChangesEnabled = true;
    }

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>For whom the context is leased; nobody by default, who sees nothing.</summary>
    public Actor Actor => _actor;

    /// <summary>Which engine and where.</summary>
    public Database Storage { get; }

    private string From0 => Branch(0);

    private string From1 => Branch(1);

    private string From2 => Branch(2);

    private string From3 => Branch(3);

    private string End0 => BranchEnd(0);

    private string End1 => BranchEnd(1);

    private string End2 => BranchEnd(2);

    private string End3 => BranchEnd(3);

    private long[] Ancestors => _actor.Ancestors;

    internal void Lease(Actor actor) => _actor = actor;

    /// <summary>Back to the pool, belonging to nobody.</summary>
    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Calendar.Period>().HaveConversion<PeriodConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        KernelModel.Build(modelBuilder, Storage.Engine);
        foreach (IModule module in _catalogue.Modules)
        {
            module.Model(modelBuilder);
        }

        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            SnakeCase.Apply(entity);
            if (typeof(IOwned).IsAssignableFrom(entity.ClrType))
            {
                s_guard.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
            }
        }

        modelBuilder.Entity<Organisation>().HasQueryFilter("organisation", organisation =>
            (string.Compare(organisation.Path, From0) >= 0 && string.Compare(organisation.Path, End0) < 0)
            || (string.Compare(organisation.Path, From1) >= 0 && string.Compare(organisation.Path, End1) < 0)
            || (string.Compare(organisation.Path, From2) >= 0 && string.Compare(organisation.Path, End2) < 0)
            || (string.Compare(organisation.Path, From3) >= 0 && string.Compare(organisation.Path, End3) < 0)
            || Ancestors.Contains(organisation.Id));
    }

    private static readonly MethodInfo s_guard =
        typeof(PlatformDb).GetMethod(nameof(Guard), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>The one scope filter (design.md: materialised path, EXISTS).</summary>
    private void Guard<T>(ModelBuilder model)
        where T : class, IOwned
    {
        Expression<Func<T, bool>> filter = row => Set<OrganisationPath>().Any(organisation => organisation.Id == row.OrganisationId
            && ((string.Compare(organisation.Path, From0) >= 0 && string.Compare(organisation.Path, End0) < 0)
                || (string.Compare(organisation.Path, From1) >= 0 && string.Compare(organisation.Path, End1) < 0)
                || (string.Compare(organisation.Path, From2) >= 0 && string.Compare(organisation.Path, End2) < 0)
                || (string.Compare(organisation.Path, From3) >= 0 && string.Compare(organisation.Path, End3) < 0)));
        model.Entity<T>().HasQueryFilter("organisation", filter);
        model.Entity<T>().HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }

    private string Branch(int place) => place < _actor.Branches.Count ? _actor.Branches[place] : "";

    private string BranchEnd(int place) => place < _actor.Branches.Count ? Organisation.EndOf(_actor.Branches[place]) : "";
}

/// <summary>The paths of the tree without the organisation's own filter; only the scope filter reads it.</summary>
internal sealed class OrganisationPath
{
    public long Id { get; private set; }

    public string Path { get; private set; } = "";
}
