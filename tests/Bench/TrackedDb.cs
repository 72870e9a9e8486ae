using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Bench;

/// <summary>The tables of a move as an ordinary EF program maps them.</summary>
internal sealed class TrackedDb(DbContextOptions<TrackedDb> options) : DbContext(options)
{
    public DbSet<TrackedCase> Cases => Set<TrackedCase>();

    public DbSet<TrackedUnit> Units => Set<TrackedUnit>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TrackedUnit>().ToTable("organisation");
        modelBuilder.Entity<TrackedCase>(table =>
        {
            table.ToTable("case_file");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<TrackedStep>(table =>
        {
            table.ToTable("case_step");
            table.Property(row => row.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<TrackedRecord>().ToTable("audit_record");
        modelBuilder.Entity<TrackedNotice>().ToTable("notice");
        modelBuilder.Entity<TrackedKey>().ToTable("request_key").HasKey(row => new { row.UserId, row.Key });
        modelBuilder.Entity<TrackedClock>().ToTable("case_clock").HasKey(row => new { row.CaseId, row.Name });
        modelBuilder.Entity<TrackedEntry>().ToTable("case_clock_entry").HasKey(row => new { row.CaseId, row.Name, row.Ordinal });
        modelBuilder.Entity<TrackedRung>().ToTable("case_rung").HasKey(row => new { row.CaseId, row.Name, row.Rung, row.DueOn });
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            SnakeCase.Apply(entity);
        }
    }
}

internal sealed class TrackedUnit
{
    public long Id { get; set; }

    public string Path { get; set; } = "";
}

internal sealed class TrackedCase
{
    public long Id { get; set; }

    public string Procedure { get; set; } = "";

    public string Stage { get; set; } = "";

    public long Version { get; set; }

    public long OrganisationId { get; set; }

    public string SubjectKind { get; set; } = "";

    public long SubjectId { get; set; }

    public string Title { get; set; } = "";

    public long OpenedAt { get; set; }

    public long StageSince { get; set; }
}

internal sealed class TrackedStep
{
    public long Id { get; set; }

    public long CaseId { get; set; }

    public long Follows { get; set; }

    public long OrganisationId { get; set; }

    public string Action { get; set; } = "";

    public string FromStage { get; set; } = "";

    public string ToStage { get; set; } = "";

    public long UserId { get; set; }

    public long? OnBehalfOf { get; set; }

    public long At { get; set; }

    public string? Note { get; set; }
}

internal sealed class TrackedRecord
{
    public long Id { get; set; }

    public long Reference { get; set; }

    public long At { get; set; }

    public long UserId { get; set; }

    public long? OnBehalfOf { get; set; }

    public long OrganisationId { get; set; }

    public string Action { get; set; } = "";

    public string SubjectKind { get; set; } = "";

    public long SubjectId { get; set; }

    public string? Before { get; set; }

    public string? After { get; set; }

    public string Digest { get; set; } = "";
}

internal sealed class TrackedNotice
{
    public long Id { get; set; }

    public long OrganisationId { get; set; }

    public string Role { get; set; } = "";

    public string Kind { get; set; } = "";

    public long CaseId { get; set; }

    public string Title { get; set; } = "";

    public long At { get; set; }
}

internal sealed class TrackedKey
{
    public long UserId { get; set; }

    public string Key { get; set; } = "";

    public string RequestHash { get; set; } = "";

    public int Status { get; set; }

    public string Answer { get; set; } = "";

    public long At { get; set; }
}

internal sealed class TrackedClock
{
    public long CaseId { get; set; }

    public string Name { get; set; } = "";

    public int Budget { get; set; }

    public int Unit { get; set; }

    public int State { get; set; }

    public DateOnly RunFrom { get; set; }

    public int LeftDays { get; set; }

    public bool Late { get; set; }

    public DateOnly? DueOn { get; set; }

    public bool Provisional { get; set; }

    public int? NextRung { get; set; }

    public DateOnly? LookOn { get; set; }
}

internal sealed class TrackedEntry
{
    public long CaseId { get; set; }

    public string Name { get; set; } = "";

    public int Ordinal { get; set; }

    public long OrganisationId { get; set; }

    public DateOnly Day { get; set; }

    public int Event { get; set; }

    public int Days { get; set; }
}

internal sealed class TrackedRung
{
    public long CaseId { get; set; }

    public string Name { get; set; } = "";

    public string Rung { get; set; } = "";

    public DateOnly DueOn { get; set; }

    public long OrganisationId { get; set; }

    public DateOnly FiredOn { get; set; }
}
