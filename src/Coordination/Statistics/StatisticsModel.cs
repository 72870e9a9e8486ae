using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>The mechanism's tables, prefixed <c>statistics_</c>.</summary>
internal static class StatisticsModel
{
    public static void Build(ModelBuilder model)
    {
        Forms(model);
        Returns(model);
        Imports(model);
        Daily(model);
    }

    private static void Daily(ModelBuilder model)
    {
        model.Entity<ReturnScan>(table =>
        {
            table.ToTable("statistics_return_scan");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.ReturnId);
            table.HasOne<Return>().WithMany().HasForeignKey(row => row.ReturnId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LateEntry>(table =>
        {
            table.ToTable("statistics_late_entry");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.FormId, row.OrganisationId, row.Period });
            table.HasOne<Form>().WithMany().HasForeignKey(row => row.FormId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Reminder>(table =>
        {
            table.ToTable("statistics_reminder");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.FormId, row.OrganisationId, row.Period, row.Day }).IsUnique();
            table.HasOne<Form>().WithMany().HasForeignKey(row => row.FormId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TermQuestion>(table =>
        {
            table.ToTable("statistics_term_question");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => row.IndicatorId);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TermNote>(table =>
        {
            table.ToTable("statistics_term_note");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.IndicatorId);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Forms(ModelBuilder model)
    {
        model.Entity<Form>(table =>
        {
            table.ToTable("statistics_form");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Signing).HasDefaultValue(FormSigning.None).ValueGeneratedNever();
            table.Property(row => row.Sensitivity).HasDefaultValue(SensitivityMark.Internal).ValueGeneratedNever();
            table.HasIndex(row => row.Code).IsUnique();
        });
        model.Entity<FormIndicator>(table =>
        {
            table.ToTable("statistics_form_indicator");
            table.HasKey(row => new { row.FormId, row.IndicatorId });
            table.HasOne<Form>().WithMany().HasForeignKey(row => row.FormId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<FormReporter>(table =>
        {
            table.ToTable("statistics_form_reporter");
            table.HasKey(row => new { row.FormId, row.OrganisationId });
            table.HasOne<Form>().WithMany().HasForeignKey(row => row.FormId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Returns(ModelBuilder model)
    {
        model.Entity<Return>(table =>
        {
            table.ToTable("statistics_return");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.FormId, row.OrganisationId, row.Period }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Form>().WithMany().HasForeignKey(row => row.FormId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CellExplanation>(table =>
        {
            table.ToTable("statistics_cell_explanation");
            table.HasKey(row => new { row.ReturnId, row.IndicatorId });
            table.HasOne<Return>().WithMany().HasForeignKey(row => row.ReturnId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CellQuery>(table =>
        {
            table.ToTable("statistics_cell_query");
            table.Property(row => row.Id).ValueGeneratedNever();
            // Of two answers at once the later one is refused as stale.
            table.Property(row => row.Answer).IsConcurrencyToken();
            table.HasIndex(row => row.ReturnId);
            table.HasOne<Return>().WithMany().HasForeignKey(row => row.ReturnId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Correction>(table =>
        {
            table.ToTable("statistics_correction");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.ReturnId, row.Number }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.CauseKind, row.CauseId });
            table.HasOne<Return>().WithMany().HasForeignKey(row => row.ReturnId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Observation>().WithMany().HasForeignKey(row => row.ObservationId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Imports(ModelBuilder model)
    {
        model.Entity<ImportMapping>(table =>
        {
            table.ToTable("statistics_import_mapping");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => new { row.OrganisationId, row.Code }).IsUnique();
        });
        model.Entity<Import>(table =>
        {
            table.ToTable("statistics_import");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.StoredAt).IsConcurrencyToken();
            table.Property(row => row.WithdrawnAt).IsConcurrencyToken();
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.RefusedId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<HistoryYear>(table =>
        {
            table.ToTable("statistics_history_year");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => row.ImportId);
            table.HasOne<Import>().WithMany().HasForeignKey(row => row.ImportId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
