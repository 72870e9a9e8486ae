using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Ground;

/// <summary>A mechanism that exists for the kernel's tests only: one small procedure and its routes, no table of its own.</summary>
internal sealed class TrialModule : IModule
{
    public const string Reviewer = "trial-reviewer";

    public const string Term = "term";

    public static Procedure Procedure { get; } = new("trial", "draft",
    [
        new("submit", "draft", "submitted", Role.Reporter, Seat.Own) { Tells = Reviewer, Limit = new TimeLimit(3, "a trial's own rule") },
        new("withdraw", "submitted", "draft", Role.Reporter, Seat.Own) { GoesBack = true },
        new("send-back", "submitted", "draft", Reviewer, Seat.Above) { GoesBack = true, NeedsReason = true, Once = true, Tells = Role.Reporter },
        new("approve", "submitted", "approved", Reviewer, Seat.Above),
        new("remind", "submitted", "submitted", Reviewer, Seat.Above) { Automatic = true, Tells = Reviewer },
    ])
    {
        LegalSource = "none; it is a trial",
        FinalStages = ["approved"],
        Clocks = [new ProcedureClock(Term, "a trial's own rule") { RunsIn = ["submitted"], Rungs = [new Rung("near", -3, "remind"), new Rung("late", 1, "remind")] }],
    };

    public IEnumerable<Procedure> Procedures => [Procedure];

    public IEnumerable<Role> Roles => [new(Reviewer) { ActsForParent = true }];

    public void Model(ModelBuilder model)
    {
    }

    public void Services(IServiceCollection services)
    {
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/trials", OpenAsync).ForBusiness();
        routes.MapGet("/api/trials/{id:long}", ReadAsync).ForBusiness();
        routes.MapPost("/api/trials/{id:long}/actions", MoveAsync).ForBusiness();
    }

    internal sealed record NewTrial(string? Organisation, string? Title);

    internal sealed record Move(string Action, string? Note, long Version);

    internal sealed record TrialView(long Id, string Stage, long Version, string Title, IEnumerable<string> Actions);

    private static async Task<Ok<TrialView>> OpenAsync(
        NewTrial body, PlatformDb db, CaseDesk desk, OrganisationTree tree, CancellationToken cancel)
    {
        Organisation owner = await tree.FindAsync(body.Organisation, cancel);
        CaseView file = await desk.OpenAsync(Procedure, new Subject("trial", 1), owner.Id, owner.Path, body.Title ?? "trial", cancel);
        return TypedResults.Ok(await db.CommitAsync(View(file, desk), cancel));
    }

    private static async Task<Ok<TrialView>> ReadAsync(long id, CaseDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(View(await desk.ReadAsync(id, cancel), desk));

    private static async Task<Ok<TrialView>> MoveAsync(long id, Move body, PlatformDb db, CaseDesk desk, CancellationToken cancel)
    {
        CaseView file = await desk.ReadAsync(id, cancel);
        CaseView moved = await desk.MoveAsync(file, body.Version, body.Action, body.Note, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(moved, desk), cancel));
    }

    private static TrialView View(CaseView file, CaseDesk desk) =>
        new(file.Id, file.Stage, file.Version, file.Title, [.. desk.Lawful(file).Select(move => move.Action)]);
}
