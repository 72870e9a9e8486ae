using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lodestone.Coordination.Bulletins;

/// <summary>The mechanism's tables, prefixed <c>bulletins_</c>.</summary>
internal static class BulletinsModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<Contribution>(table =>
        {
            table.ToTable("bulletins_contribution");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => row.AdoptedOn);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Bulletin>(table =>
        {
            table.ToTable("bulletins_bulletin");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.OrganisationId, row.Year, row.Serial }).IsUnique();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<BulletinItem>(table =>
        {
            table.ToTable("bulletins_item");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.BulletinId, row.Edition });
            table.HasOne<Bulletin>().WithMany().HasForeignKey(row => row.BulletinId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Contribution>().WithMany().HasForeignKey(row => row.ContributionId).OnDelete(DeleteBehavior.Restrict);
        });
        Policies(model);
        model.Entity<PublicText>(table => Published(table, "bulletins_public_text"));
        model.Entity<InternalText>(table => Published(table, "bulletins_internal_text"));
    }

    private static void Policies(ModelBuilder model)
    {
        model.Entity<PolicyDocument>(table =>
        {
            table.ToTable("bulletins_policy");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => row.ExpiresOn);
            table.HasIndex(row => row.OrganisationId);
            table.HasIndex(row => new { row.OrganisationId, row.Number }).IsUnique().HasFilter("number <> ''");
            table.HasOne<PolicyDocument>().WithMany().HasForeignKey(row => row.SupersedesId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PolicyVersion>(table =>
        {
            table.ToTable("bulletins_policy_version");
            table.HasKey(row => new { row.PolicyId, row.Ordinal });
            table.HasOne<PolicyDocument>().WithMany().HasForeignKey(row => row.PolicyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PolicyCheck>(table =>
        {
            table.ToTable("bulletins_policy_check");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<PolicyDocument>().WithMany().HasForeignKey(row => row.PolicyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PolicyComment>(table =>
        {
            table.ToTable("bulletins_policy_comment");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.PolicyId, row.Ordinal, row.OrganisationId }).IsUnique();
            table.HasOne<PolicyDocument>().WithMany().HasForeignKey(row => row.PolicyId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PublicComment>(table =>
        {
            table.ToTable("bulletins_public_comment");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<PolicyDocument>().WithMany().HasForeignKey(row => row.PolicyId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Published<T>(EntityTypeBuilder<T> table, string name)
        where T : Publication
    {
        table.ToTable(name);
        table.HasKey(row => new { row.Kind, row.SubjectId, row.Ordinal });
        table.HasIndex(row => row.PublishedAt);
        table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
    }
}
