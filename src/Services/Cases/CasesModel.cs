using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>The mechanism's tables, prefixed <c>service_</c> and <c>hall_</c>.</summary>
internal static class CasesModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<ServiceCase>(table =>
        {
            table.ToTable("service_case");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasIndex(row => new { row.DepartmentId, row.ReceivedOn });
            table.HasOne<ListVersion>().WithMany().HasForeignKey(row => row.VersionId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<HallWindow>().WithMany().HasForeignKey(row => row.WindowId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseMaterial>(table =>
        {
            table.ToTable("service_material");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.ServiceCaseId, row.Code }).IsUnique();
            // What an enterprise once submitted is looked for by its code.
            table.HasIndex(row => new { row.OrganisationId, row.Code });
            table.HasOne<ServiceCase>().WithMany().HasForeignKey(row => row.ServiceCaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<CaseMaterial>().WithMany().HasForeignKey(row => row.ReusedFrom).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseOpinion>(table =>
        {
            table.ToTable("service_opinion");
            table.HasKey(row => new { row.ServiceCaseId, row.DepartmentId });
            table.HasIndex(row => row.DepartmentId);
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<ServiceCase>().WithMany().HasForeignKey(row => row.ServiceCaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseHandOver>(table =>
        {
            table.ToTable("service_hand_over");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.ToUser);
            table.HasIndex(row => row.ServiceCaseId);
            table.HasIndex(row => row.ServiceCaseId, "ix_service_hand_over_open").IsUnique().HasFilter("taken_at is null and declined_at is null").HasDatabaseName("ix_service_hand_over_open");
            // An answer that another answer overtook writes nothing.
            table.Property(row => row.TakenAt).IsConcurrencyToken();
            table.Property(row => row.DeclinedAt).IsConcurrencyToken();
            table.HasOne<ServiceCase>().WithMany().HasForeignKey(row => row.ServiceCaseId).OnDelete(DeleteBehavior.Restrict);
        });
        Hall(model);
    }

    private static void Hall(ModelBuilder model)
    {
        model.Entity<HallWindow>(table =>
        {
            table.ToTable("hall_window");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.HallId, row.Code }).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.HallId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<HallSlot>(table =>
        {
            table.ToTable("hall_slot");
            table.HasKey(row => new { row.WindowId, row.Day, row.Slot });
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<HallWindow>().WithMany().HasForeignKey(row => row.WindowId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<QueueTicket>(table =>
        {
            table.ToTable("hall_ticket");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.HallId, row.Day, row.Number }).IsUnique();
            table.HasIndex(row => row.WindowId);
            // A window serves one number at a time.
            table.HasIndex(row => new { row.WindowId, row.Day }).IsUnique().HasFilter("state = 'called'").HasDatabaseName("ix_hall_ticket_called");
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.HallId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<HallWindow>().WithMany().HasForeignKey(row => row.WindowId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Appointment>(table =>
        {
            table.ToTable("hall_appointment");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.WindowId, row.Day, row.Slot });
            table.HasIndex(row => row.OrganisationId);
            table.HasIndex(row => new { row.OrganisationId, row.Day }).IsUnique().HasFilter("cancelled_at is null and ticket_id is null");
            // It is cancelled or used, once.
            table.Property(row => row.CancelledAt).IsConcurrencyToken();
            table.Property(row => row.TicketId).IsConcurrencyToken();
            table.HasOne<HallWindow>().WithMany().HasForeignKey(row => row.WindowId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<QueueTicket>().WithMany().HasForeignKey(row => row.TicketId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
