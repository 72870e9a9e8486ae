using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A project with the stage it stands in and the day it got there.</summary>
internal sealed record ProjectState(Project Row, string Enterprise, string Park, int Stage, DateOnly ReachedOn);

/// <param name="Enterprise">Code of the enterprise.</param>
/// <param name="Park">Code of the park.</param>
/// <param name="Investment">Planned investment in 万元.</param>
internal sealed record ProjectText(string? Code, string? Name, string? Enterprise, string? Park, string? ChainPosition, decimal Investment);

/// <summary>Keeps the project library. The office writes it; an enterprise reads its own, its park and district theirs.</summary>
internal sealed class ProjectDesk(PlatformDb db, Ids ids, OrganisationTree tree, TimeProvider clock)
{
    private const decimal FenPerUnit = 1_000_000m;

    /// <summary>Fen as 万元, exact.</summary>
    public static decimal Units(long fen) => fen / FenPerUnit;

    public async Task<IReadOnlyList<ProjectState>> ListAsync(long planId, CancellationToken cancel = default)
    {
        var rows = await (
            from project in db.Set<Project>().AsNoTracking()
            join enterprise in db.Set<Organisation>() on project.OrganisationId equals enterprise.Id
            join park in db.Set<Organisation>() on project.ParkId equals park.Id
            where project.PlanId == planId
            orderby project.Code
            select new { project, Enterprise = enterprise.Name, Park = park.Name }).ToListAsync(cancel);
        ILookup<long, ProjectStep> steps = (await (
            from step in db.Set<ProjectStep>().AsNoTracking()
            join project in db.Set<Project>() on step.ProjectId equals project.Id
            where project.PlanId == planId
            select step).ToListAsync(cancel)).ToLookup(step => step.ProjectId);
        return
        [
            .. rows.Select(row => (row, Last: steps[row.project.Id].MaxBy(step => step.Stage)!))
                .Select(pair => new ProjectState(pair.row.project, pair.row.Enterprise, pair.row.Park, pair.Last.Stage, pair.Last.ReachedOn)),
        ];
    }

    /// <summary>Adds a planned project; written by the next save.</summary>
    /// <exception cref="Refusal"><c>plan.element</c>, <c>request.not-found</c>, <c>access.role</c>, <c>plan.code-taken</c></exception>
    public async Task<Project> AddAsync(Plan plan, ProjectText text, DateOnly plannedOn, CancellationToken cancel = default)
    {
        Organisation enterprise = await tree.FindAsync(text.Enterprise, cancel);
        Organisation park = await tree.FindAsync(text.Park, cancel);
        RequireOffice(enterprise.Path);
        decimal fen = text.Investment * FenPerUnit;
        if (string.IsNullOrWhiteSpace(text.Code) || string.IsNullOrWhiteSpace(text.Name) || string.IsNullOrWhiteSpace(text.ChainPosition)
            || text.Investment <= 0 || text.Investment > 100_000_000m || fen != decimal.Truncate(fen)
            || enterprise.Kind != OrganisationKind.Enterprise || park.Kind != OrganisationKind.Park || plannedOn > clock.Today())
        {
            throw new Refusal("plan.element", 422, text.Code ?? "");
        }

        if (await db.Set<Project>().AnyAsync(row => row.PlanId == plan.Id && row.Code == text.Code, cancel))
        {
            throw new Refusal("plan.code-taken", 422, text.Code);
        }

        var project = new Project
        {
            Id = await ids.NextAsync(cancel),
            PlanId = plan.Id,
            Code = text.Code,
            Name = text.Name.Trim(),
            OrganisationId = enterprise.Id,
            ParkId = park.Id,
            ChainPosition = text.ChainPosition.Trim(),
            InvestmentFen = (long)fen,
        };
        db.Add(project);
        await StepAsync(project, 0, plannedOn, null, cancel);
        return project;
    }

    /// <summary>Moves a project to the next stage, or past some that were reached unnoticed; never back. Written by the next save.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>plan.project-stage</c>, <c>access.role</c></exception>
    public async Task<ProjectStep> ReachAsync(Plan plan, string code, string? stage, DateOnly on, string? note, CancellationToken cancel = default)
    {
        Project project = await db.Set<Project>().AsNoTracking().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == code, cancel)
            ?? throw Refusal.NotFound();
        string path = await db.Set<Organisation>().Where(row => row.Id == project.OrganisationId).Select(row => row.Path).SingleAsync(cancel);
        RequireOffice(path);
        ProjectStep last = await db.Set<ProjectStep>().AsNoTracking().Where(row => row.ProjectId == project.Id).OrderByDescending(row => row.Stage).FirstAsync(cancel);
        int place = Project.Stages.ToList().IndexOf(stage ?? "");
        if (place <= last.Stage || on < last.ReachedOn || on > clock.Today())
        {
            throw new Refusal("plan.project-stage", 422, Project.Stages[last.Stage], last.ReachedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        return await StepAsync(project, place, on, note, cancel);
    }

    private async Task<ProjectStep> StepAsync(Project project, int stage, DateOnly on, string? note, CancellationToken cancel)
    {
        var step = new ProjectStep
        {
            Id = await ids.NextAsync(cancel),
            ProjectId = project.Id,
            OrganisationId = project.OrganisationId,
            Stage = stage,
            ReachedOn = on,
            Note = note?.Trim(),
        };
        db.Add(step);
        db.Audit("plan.project", new Subject("plan-project", project.Id), project.OrganisationId, step.Id, null, $"{project.Code} {Project.Stages[stage]}");
        return step;
    }

    private void RequireOffice(string path)
    {
        if (db.Actor.May(PlansModule.Office, Seat.Above, path) is null)
        {
            throw Refusal.Role();
        }
    }
}
