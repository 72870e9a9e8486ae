using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Catalogue;

/// <summary>The mechanism's tables, prefixed <c>catalogue_</c>.</summary>
internal static class CatalogueModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ListEntry>(table =>
        {
            table.ToTable("catalogue_entry");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.CityId, row.Code }).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.DepartmentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ListVersion>(table =>
        {
            table.ToTable("catalogue_version");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.EntryId, row.Version }).IsUnique();
            table.HasOne<ListEntry>().WithMany().HasForeignKey(row => row.EntryId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ListChange>(table =>
        {
            table.ToTable("catalogue_change");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
