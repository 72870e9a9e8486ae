using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>The mechanism's tables, prefixed <c>meeting_</c>.</summary>
internal static class MeetingsModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<Meeting>(table =>
        {
            table.ToTable("meeting_meeting");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken().HasDefaultValue(0L).ValueGeneratedNever();
            table.Property(row => row.PresentNames).HasDefaultValue("").ValueGeneratedNever();
            table.Property(row => row.AbsentNames).HasDefaultValue("").ValueGeneratedNever();
            table.HasIndex(row => new { row.CityId, row.Period }).IsUnique();
            // Two minutes issued at once never get one number.
            table.HasIndex(row => new { row.CityId, row.SerialYear, row.Serial }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<MeetingUnit>(table =>
        {
            table.ToTable("meeting_unit");
            table.HasKey(row => new { row.MeetingId, row.OrganisationId });
            table.Property(row => row.Name).HasDefaultValue("").ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Meeting>().WithMany().HasForeignKey(row => row.MeetingId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Matter>(table =>
        {
            table.ToTable("meeting_matter");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken().HasDefaultValue(0L).ValueGeneratedNever();
            table.Property(row => row.Round).HasDefaultValue(1).ValueGeneratedNever();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.UnitId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Meeting>().WithMany().HasForeignKey(row => row.MeetingId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<MatterOpinion>(table =>
        {
            table.ToTable("meeting_matter_opinion");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Round).HasDefaultValue(1).ValueGeneratedNever();
            table.HasIndex(row => new { row.MatterId, row.UnitId, row.Round }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Matter>().WithMany().HasForeignKey(row => row.MatterId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.UnitId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AgendaLine>(table =>
        {
            table.ToTable("meeting_agenda_line");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.MeetingId, row.Fact }).IsUnique();
            table.HasOne<Meeting>().WithMany().HasForeignKey(row => row.MeetingId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Matter>().WithMany().HasForeignKey(row => row.MatterId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Resolution>(table =>
        {
            table.ToTable("meeting_resolution");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.OrderId).IsConcurrencyToken();
            table.HasIndex(row => new { row.MeetingId, row.Ordinal }).IsUnique();
            table.HasOne<Meeting>().WithMany().HasForeignKey(row => row.MeetingId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Matter>().WithMany().HasForeignKey(row => row.MatterId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Supervision.SupervisionOrder>().WithMany().HasForeignKey(row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<HalfReport>(table =>
        {
            table.ToTable("meeting_half_report");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.OrganisationId, row.Period }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
