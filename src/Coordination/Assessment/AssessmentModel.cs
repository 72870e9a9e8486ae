using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>The mechanism's tables.</summary>
internal static class AssessmentModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<SchemeVersion>(table =>
        {
            table.ToTable("assessment_scheme");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.Code, row.Version }).IsUnique();
        });
        model.Entity<Round>(table =>
        {
            table.ToTable("assessment_round");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.RunId).IsConcurrencyToken();
            table.Property(row => row.Judgements).IsConcurrencyToken().HasDefaultValue(0).ValueGeneratedNever();
            table.HasIndex(row => row.RunId);
            table.HasOne<SchemeVersion>().WithMany().HasForeignKey(row => row.SchemeId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RoundUnit>(table =>
        {
            table.ToTable("assessment_round_unit");
            table.HasKey(row => new { row.RoundId, row.OrganisationId });
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ScoreRun>(table =>
        {
            table.ToTable("assessment_run");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.RoundId, row.Ordinal }).IsUnique();
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ScoreInput>(table =>
        {
            table.ToTable("assessment_score_input");
            table.HasKey(row => new { row.RunId, row.OrganisationId, row.Criterion, row.ObservationId });
            table.HasIndex(row => new { row.ObservationId, row.RunId });
            table.HasOne<ScoreRun>().WithMany().HasForeignKey(row => row.RunId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Appeal>(table =>
        {
            table.ToTable("assessment_appeal");
            table.Property(row => row.Id).ValueGeneratedNever();
            // Null is never equal to null in a unique key, so an appeal without a value has a key of its own.
            table.HasIndex(row => new { row.RoundId, row.OrganisationId, row.Criterion, row.ObservationId, row.Ordinal })
                .IsUnique().HasFilter("observation_id is not null").HasDatabaseName("ix_assessment_appeal_value");
            table.HasIndex(row => new { row.RoundId, row.OrganisationId, row.Criterion, row.Ordinal })
                .IsUnique().HasFilter("observation_id is null").HasDatabaseName("ix_assessment_appeal_judgement");
            table.HasIndex(row => row.CorrectionCaseId).IsUnique();
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        BuildUse(model);
    }

    /// <summary>Judging, and what follows from results.</summary>
    private static void BuildUse(ModelBuilder model)
    {
        model.Entity<Judgement>(table =>
        {
            table.ToTable("assessment_judgement");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.RoundId, row.OrganisationId, row.Criterion });
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Feedback>(table =>
        {
            table.ToTable("assessment_feedback");
            table.HasKey(row => new { row.RoundId, row.OrganisationId });
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Rectification>(table =>
        {
            table.ToTable("assessment_rectification");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.RoundId, row.OrganisationId, row.Ordinal }).IsUnique();
            table.HasOne<Round>().WithMany().HasForeignKey(row => row.RoundId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Reward>(table =>
        {
            table.ToTable("assessment_reward");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Opinion>(table =>
        {
            table.ToTable("assessment_opinion");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<SchemeVersion>().WithMany().HasForeignKey(row => row.SchemeId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<SchemeVersion>().WithMany().HasForeignKey(row => row.AnsweredIn).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
