using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>The mechanism's tables, prefixed <c>supervision_</c>.</summary>
internal static class SupervisionModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<SupervisionOrder>(table =>
        {
            table.ToTable("supervision_order");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.CityId, row.Year, row.Serial, row.Part }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<SupervisionOrder>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CityPalette>(table =>
        {
            table.ToTable("supervision_palette");
            table.HasKey(row => row.CityId);
            table.Property(row => row.CityId).ValueGeneratedNever();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
