using System.Reflection;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lodestone.Tests.Kernel.Data;

/// <summary>Every table is one organisation's and filtered, or says why it is shared.</summary>
public sealed class OwnershipTests(Platform platform) : IClassFixture<Platform>
{
    [Fact]
    public void Every_entity_is_owned_or_says_why_it_is_shared()
    {
        using PlatformDb db = platform.Db();
        Assert.Empty(db.Model.GetEntityTypes().Where(entity => !IsOwned(entity) && !IsOfTheFramework(entity) && !IsAView(entity)
            && string.IsNullOrWhiteSpace(entity.ClrType.GetCustomAttribute<SharedAcrossOrganisationsAttribute>()?.Why)).Select(entity => entity.Name));
    }

    [Fact]
    public void Every_owned_entity_has_the_one_scope_filter()
    {
        using PlatformDb db = platform.Db();
        IEntityType[] owned = [.. db.Model.GetEntityTypes().Where(IsOwned)];
        Assert.NotEmpty(owned);
        Assert.Empty(owned.Where(entity => entity.FindDeclaredQueryFilter("organisation") is null).Select(entity => entity.Name));
        Assert.NotNull(db.Model.FindEntityType(typeof(Lodestone.Kernel.Organisations.Organisation))!.FindDeclaredQueryFilter("organisation"));
    }

    [Fact]
    public void Every_owned_entity_is_tied_to_its_organisation()
    {
        using PlatformDb db = platform.Db();
        Assert.Empty(db.Model.GetEntityTypes().Where(IsOwned)
            .Where(entity => !entity.GetForeignKeys().Any(key => key.Properties is [{ Name: nameof(IOwned.OrganisationId) }]))
            .Select(entity => entity.Name));
    }

    [Fact]
    public void Nobody_is_both_owned_and_shared()
    {
        using PlatformDb db = platform.Db();
        Assert.Empty(db.Model.GetEntityTypes()
            .Where(entity => IsOwned(entity) && entity.ClrType.GetCustomAttribute<SharedAcrossOrganisationsAttribute>() is not null)
            .Select(entity => entity.Name));
    }

    private static bool IsOwned(IReadOnlyTypeBase entity) => typeof(IOwned).IsAssignableFrom(entity.ClrType);

    private static bool IsOfTheFramework(IReadOnlyTypeBase entity) =>
        entity.ClrType.Namespace!.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);

    /// <summary>The scope filter's own window on the tree; nothing can be written through it.</summary>
    private static bool IsAView(IReadOnlyEntityType entity) => entity.GetTableName() is null;
}
