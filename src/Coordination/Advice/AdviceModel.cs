using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>The mechanism's tables, prefixed <c>advice_</c>.</summary>
internal static class AdviceModel
{
    public static void Build(ModelBuilder model)
    {
        Committee(model);
        model.Entity<Inquiry>(table =>
        {
            table.ToTable("advice_inquiry");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken().HasDefaultValue(0L).ValueGeneratedNever();
            table.Property(row => row.Round).HasDefaultValue(1).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<InquiryQuestion>(table =>
        {
            table.ToTable("advice_inquiry_question");
            table.HasKey(row => new { row.InquiryId, row.Ordinal });
            table.HasOne<Inquiry>().WithMany().HasForeignKey(row => row.InquiryId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<InquiryParty>(table =>
        {
            table.ToTable("advice_inquiry_party");
            table.HasKey(row => new { row.InquiryId, row.PartyId });
            table.HasOne<Inquiry>().WithMany().HasForeignKey(row => row.InquiryId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.PartyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AdviceOpinion>(table =>
        {
            table.ToTable("advice_opinion");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Inquiry>().WithMany().HasForeignKey(row => row.InquiryId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Assignment>(table =>
        {
            table.ToTable("advice_assignment");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.Property(row => row.RemindedFor).IsConcurrencyToken();
            table.Property(row => row.Round).HasDefaultValue(1).ValueGeneratedNever();
            table.HasIndex(row => new { row.InquiryId, row.ExpertId, row.Round }).IsUnique();
            table.HasIndex(row => row.UserId);
            table.HasOne<Inquiry>().WithMany().HasForeignKey(row => row.InquiryId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Expert>().WithMany().HasForeignKey(row => row.ExpertId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AssignedQuestion>(table =>
        {
            table.ToTable("advice_assigned_question");
            table.HasKey(row => new { row.AssignmentId, row.Ordinal });
            table.HasOne<Assignment>().WithMany().HasForeignKey(row => row.AssignmentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Study>(table =>
        {
            table.ToTable("advice_study");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Proposal>(table =>
        {
            table.ToTable("advice_proposal");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Study>().WithMany().HasForeignKey(row => row.StudyId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Committee(ModelBuilder model)
    {
        model.Entity<Expert>(table =>
        {
            table.ToTable("advice_expert");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => new { row.OrganisationId, row.UserId }).IsUnique();
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.EmployerId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ExpertConflict>(table =>
        {
            table.ToTable("advice_expert_conflict");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<Expert>().WithMany().HasForeignKey(row => row.ExpertId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.WithId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Charter>(table =>
        {
            table.ToTable("advice_charter");
            table.HasKey(row => new { row.OrganisationId, row.Ordinal });
        });
        model.Entity<AdviceSession>(table =>
        {
            table.ToTable("advice_session");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
