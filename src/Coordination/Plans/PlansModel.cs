using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>The mechanism's tables, prefixed <c>plans_</c>.</summary>
internal static class PlansModel
{
    public static void Build(ModelBuilder model)
    {
        Elements(model);
        Work(model);
        Problems(model);
        Projects(model);
        Groups(model);
        Reviews(model);
    }

    private static void Elements(ModelBuilder model)
    {
        model.Entity<Plan>(table =>
        {
            table.ToTable("plans_plan");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.Code).IsUnique();
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.CityId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Objective>(table =>
        {
            table.ToTable("plans_objective");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.PlanId, row.Code }).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Measure>(table =>
        {
            table.ToTable("plans_measure");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => new { row.PlanId, row.Code }).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Objective>().WithMany().HasForeignKey(row => row.ObjectiveId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.LeadId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Measure>().WithMany().HasForeignKey(row => row.CarriesId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Milestone>(table =>
        {
            table.ToTable("plans_milestone");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.Ignore(row => row.DueOn);
            table.Ignore(row => row.Stage);
            table.HasIndex(row => new { row.PlanId, row.Code }).IsUnique();
            table.HasIndex(row => row.MeasureId);
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Measure>().WithMany().HasForeignKey(row => row.MeasureId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PlanRevision>(table =>
        {
            table.ToTable("plans_revision");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.PlanId, row.Kind, row.Code, row.Id });
            table.HasIndex(row => new { row.PlanId, row.At });
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Work(ModelBuilder model)
    {
        model.Entity<Duty>(table =>
        {
            table.ToTable("plans_duty");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.MeasureId);
            table.HasOne<Measure>().WithMany().HasForeignKey(row => row.MeasureId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ProgressReport>(table =>
        {
            table.ToTable("plans_progress_report");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.MilestoneId);
            table.HasOne<Milestone>().WithMany().HasForeignKey(row => row.MilestoneId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<EvidenceFile>().WithMany().HasForeignKey(row => row.EvidenceId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Problems(ModelBuilder model)
    {
        model.Entity<Problem>(table =>
        {
            table.ToTable("plans_problem");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => row.MeasureId);
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Measure>().WithMany().HasForeignKey(row => row.MeasureId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ProblemParty>(table =>
        {
            table.ToTable("plans_problem_party");
            table.HasKey(row => new { row.ProblemId, row.OrganisationId });
            table.HasOne<Problem>().WithMany().HasForeignKey(row => row.ProblemId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Projects(ModelBuilder model)
    {
        model.Entity<Project>(table =>
        {
            table.ToTable("plans_project");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.PlanId, row.Code }).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.ParkId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ProjectStep>(table =>
        {
            table.ToTable("plans_project_step");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => new { row.ProjectId, row.Stage }).IsUnique();
            table.HasOne<Project>().WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Groups(ModelBuilder model)
    {
        model.Entity<WorkingGroup>(table =>
        {
            table.ToTable("plans_working_group");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => new { row.PlanId, row.Code }).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.HostId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<GroupMember>(table =>
        {
            table.ToTable("plans_group_member");
            table.HasKey(row => new { row.GroupId, row.UnitId });
            table.HasOne<WorkingGroup>().WithMany().HasForeignKey(row => row.GroupId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.UnitId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<UnitContact>(table =>
        {
            table.ToTable("plans_unit_contact");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => new { row.PlanId, row.UnitId }).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.UnitId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Reviews(ModelBuilder model)
    {
        model.Entity<CarryOver>(table =>
        {
            table.ToTable("plans_carry_over");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Milestone>().WithMany().HasForeignKey(row => row.MilestoneId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Evaluation>(table =>
        {
            table.ToTable("plans_evaluation");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasIndex(row => row.CaseId).IsUnique();
            table.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId).OnDelete(DeleteBehavior.Restrict);
            table.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<EvaluationOpinion>(table =>
        {
            table.ToTable("plans_evaluation_opinion");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.Property(row => row.Version).IsConcurrencyToken();
            table.HasOne<Evaluation>().WithMany().HasForeignKey(row => row.EvaluationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
