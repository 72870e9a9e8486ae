using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Accountability;

/// <summary>A matter for which a unit is held to account (问责事项). What was found, stated and decided stands in the steps of its case.</summary>
internal sealed class AccountabilityMatter : IOwned
{
    public const string SubjectKind = "accountability-matter";

    public const int LongestTitle = 200;

    public const int MostFacts = 20;

    public long Id { get; internal set; }

    /// <summary>The unit.</summary>
    public long OrganisationId { get; internal set; }

    public long CityId { get; internal set; }

    /// <summary>With <see cref="Serial"/> its number, 责〔2026〕3号.</summary>
    public int Year { get; internal set; }

    public int Serial { get; internal set; }

    public string Title { get; internal set; } = "";

    /// <summary>One of <see cref="Measures"/> once it is decided.</summary>
    public string? Measure { get; internal set; }

    public long CaseId { get; internal set; }

    /// <summary>What can be decided: a talk, criticism by notice, to be put right by a day, to be handed to whom it belongs.</summary>
    public static IReadOnlyList<string> Measures { get; } = ["talk", "criticism", "put-right", "referral"];
}

/// <summary>An order of the unit that was late when the matter was opened; how it stands now is read from the order itself.</summary>
internal sealed class AccountabilityFact : IOwned
{
    public long MatterId { get; internal set; }

    public long OrderId { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>Working days that it was late then.</summary>
    public int WorkdaysLate { get; internal set; }
}

/// <summary>The mechanism's tables, prefixed <c>accountability_</c>.</summary>
internal static class AccountabilityModel
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<AccountabilityMatter>(table =>
        {
            table.ToTable("accountability_matter");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.CityId, row.Year, row.Serial }).IsUnique();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AccountabilityFact>(table =>
        {
            table.ToTable("accountability_fact");
            table.HasKey(row => new { row.MatterId, row.OrderId });
            table.HasOne<AccountabilityMatter>().WithMany().HasForeignKey(row => row.MatterId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<SupervisionOrder>().WithMany().HasForeignKey(row => row.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
