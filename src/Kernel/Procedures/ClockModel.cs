using Lodestone.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Procedures;

/// <summary>The tables of the cases' time limits and of what moved them.</summary>
internal static class ClockModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<CaseClock>(table =>
        {
            table.ToTable("case_clock");
            table.HasKey(row => new { row.CaseId, row.Name });
            // What must be looked at today is one short range; nothing else of a million clocks is read.
            table.HasIndex(row => row.LookOn);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseClockEntry>(table =>
        {
            table.ToTable("case_clock_entry");
            table.HasKey(row => new { row.CaseId, row.Name, row.Ordinal });
            table.HasOne<CaseClock>().WithMany().HasForeignKey(row => new { row.CaseId, row.Name }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseRung>(table =>
        {
            table.ToTable("case_rung");
            table.HasKey(row => new { row.CaseId, row.Name, row.Rung, row.DueOn });
            table.HasOne<CaseClock>().WithMany().HasForeignKey(row => new { row.CaseId, row.Name }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CalendarChange>(table =>
        {
            table.ToTable("calendar_change");
            table.Property(row => row.Id).ValueGeneratedNever();
        });
        model.Entity<CalendarShift>(table =>
        {
            table.ToTable("calendar_shift");
            table.HasKey(row => new { row.ChangeId, row.Unit, row.RunFrom, row.LeftDays, row.NextRung });
            table.HasOne<CalendarChange>().WithMany().HasForeignKey(row => row.ChangeId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ClockMove>(table =>
        {
            table.ToTable("clock_move");
            table.HasKey(row => new { row.CaseId, row.Name, row.ChangeId });
        });
    }
}
