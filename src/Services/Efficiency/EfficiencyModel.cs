using Lodestone.Kernel.Procedures;
using Lodestone.Services.Cases;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Efficiency;

/// <summary>The mechanism's tables: figures are counted, not stored, but for those that a head confirmed.</summary>
internal static class EfficiencyModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<RecordQuestion>(table =>
        {
            table.ToTable("efficiency_question");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.UserId, row.ServiceCaseId }).IsUnique();
            table.HasOne<ServiceCase>().WithMany().HasForeignKey(row => row.ServiceCaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<EfficiencySheet>(table =>
        {
            table.ToTable("efficiency_sheet");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.OrganisationId, row.Period, row.Revision }).IsUnique();
        });
    }
}
