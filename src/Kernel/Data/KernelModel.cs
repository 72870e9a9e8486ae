using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Packs;
using Lodestone.Kernel.Procedures;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Data;

/// <summary>The kernel's tables. The scripts in <c>db/</c> build exactly this; a test compares the two.</summary>
internal static class KernelModel
{
    public static void Build(ModelBuilder model, Engine engine)
    {
        Organisations(model, engine);
        Identity(model);
        Procedures(model);
        NoticeModel.Build(model);
        Indicators(model);
        Records(model, engine);
    }

    private static void Organisations(ModelBuilder model, Engine engine)
    {
        model.Entity<Organisation>(table =>
        {
            table.ToTable("organisation");
            table.Property(row => row.Id).ValueGeneratedNever();
            // Ranges of paths need byte order; a locale's order would tear branches apart.
            table.Property(row => row.Path).UseCollation(engine == Engine.Postgres ? "C" : "BINARY");
            table.HasIndex(row => row.Code).IsUnique();
            table.HasIndex(row => row.Path).IsUnique();
            table.HasIndex(row => row.CreditCode).IsUnique();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OrganisationPath>(table =>
        {
            table.ToView("organisation");
            table.HasKey(row => row.Id);
        });
        model.Entity<Succession>(table =>
        {
            table.ToTable("succession");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.SuccessorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CalendarNotice>(table =>
        {
            table.ToTable("calendar_notice");
            table.HasKey(row => row.Year);
            table.Property(row => row.Year).ValueGeneratedNever();
        });
    }

    private static void Identity(ModelBuilder model)
    {
        model.Entity<User>(table =>
        {
            table.ToTable("user_account");
            table.HasKey(row => row.Id);
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            table.HasIndex(row => row.NormalizedUserName).IsUnique();
        });
        model.Entity<IdentityUserClaim<long>>(table => table.ToTable("user_claim").HasKey(row => row.Id));
        model.Entity<IdentityUserLogin<long>>(table => table.ToTable("user_login").HasKey(row => new { row.LoginProvider, row.ProviderKey }));
        model.Entity<IdentityUserToken<long>>(table => table.ToTable("user_token").HasKey(row => new { row.UserId, row.LoginProvider, row.Name }));
        model.Entity<Membership>(table =>
        {
            table.ToTable("membership");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.UserId, row.OrganisationId, row.Role });
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Delegation>(table =>
        {
            table.ToTable("delegation");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.DeputyId);
            table.HasOne<User>().WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<User>().WithMany().HasForeignKey(row => row.DeputyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ApiToken>(table =>
        {
            table.ToTable("api_token");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.Hash).IsUnique();
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Procedures(ModelBuilder model)
    {
        model.Entity<Case>(table =>
        {
            table.ToTable("case_file");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.OrganisationId, row.Stage });
            table.HasIndex(row => new { row.Procedure, row.Stage });
            table.HasIndex(row => new { row.SubjectKind, row.SubjectId });
        });
        model.Entity<CaseStep>(table =>
        {
            table.ToTable("case_step");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.CaseId, row.Follows }).IsUnique();
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        ClockModel.Build(model);
        model.Entity<ProcedureVersion>(table =>
        {
            table.ToTable("procedure_version");
            table.HasKey(row => new { row.Code, row.Number });
        });
    }

    private static void Indicators(ModelBuilder model)
    {
        model.Entity<Indicator>(table =>
        {
            table.ToTable("indicator");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.Code).IsUnique();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<IndicatorVersion>(table =>
        {
            table.ToTable("indicator_version");
            table.HasKey(row => new { row.IndicatorId, row.Version });
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Target>(table =>
        {
            table.ToTable("target");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.IndicatorId, row.OrganisationId, row.Period, row.Version }).IsUnique();
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Observation>(table =>
        {
            table.ToTable("observation");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.IndicatorId, row.OrganisationId, row.Period, row.Revision }).IsUnique();
            table.HasIndex(row => row.CaseId);
            table.HasOne<Indicator>().WithMany().HasForeignKey(row => row.IndicatorId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Approval>(table =>
        {
            table.ToTable("approval");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken().HasDefaultValue(0L).ValueGeneratedNever();
            table.HasIndex(row => new { row.CaseId, row.Level }).IsUnique().HasFilter("withdrawn_at is null");
            table.HasIndex(row => new { row.OrganisationId, row.Period });
            // What was granted or taken back since a moment ago is asked before every pivot.
            table.HasIndex(row => row.GrantedAt);
            table.HasIndex(row => row.WithdrawnAt);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Records(ModelBuilder model, Engine engine)
    {
        model.Entity<AuditRecord>(table =>
        {
            table.ToTable("audit_record");
            table.HasIndex(row => row.Reference).IsUnique();
            if (engine == Engine.Postgres)
            {
                table.Property<ulong>("Xact").HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
                table.HasIndex("Xact", "Id");
            }
        });
        model.Entity<AuditSeal>(table =>
        {
            table.ToTable("audit_seal");
            table.HasKey(row => row.Position);
            table.Property(row => row.Position).ValueGeneratedNever();
            table.HasIndex(row => row.RecordId).IsUnique();
        });
        model.Entity<RequestKey>(table =>
        {
            table.ToTable("request_key");
            table.HasKey(row => new { row.UserId, row.Key });
        });
        model.Entity<EvidenceFile>(table =>
        {
            table.ToTable("evidence_file");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.Sha256);
            table.Property(row => row.Sensitivity).HasDefaultValue(SensitivityMark.Internal).ValueGeneratedNever();
        });
        model.Entity<ExportRecord>(table =>
        {
            table.ToTable("export_record");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.UserId, row.Id });
            table.HasIndex(row => row.At);
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LoadedPack>(table =>
        {
            table.ToTable("loaded_pack");
            table.HasKey(row => row.Code);
        });
        model.Entity<DataProtectionKey>(table => table.ToTable("data_protection_key"));
        model.Entity<IdBlock>(table =>
        {
            table.ToTable("id_block");
            table.HasKey(row => row.Name);
        });
    }
}

/// <summary>The next id that no block has yet taken.</summary>
[SharedAcrossOrganisations("One row for the platform.")]
[Unaudited("Counts ids.")]
internal sealed class IdBlock
{
    public string Name { get; private set; } = "";

    public long Next { get; private set; }
}
