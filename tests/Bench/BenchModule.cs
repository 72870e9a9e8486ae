using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Bench;

/// <summary>A file that goes to and fro between two desks and tells the other side each time. Only the bench runs it.</summary>
internal sealed class BenchModule : IModule
{
    public const string Clerk = "bench-clerk";
    public const string Desk = "desk";
    public const string Shelf = "shelf";
    public const string Term = "term";

    public static Procedure ToAndFro { get; } = new("bench", Desk,
    [
        new("file", Desk, Shelf, Clerk, Seat.At) { Tells = Clerk },
        new("fetch", Shelf, Desk, Clerk, Seat.At) { Tells = Clerk },
        new("remind", Desk, Desk, Clerk, Seat.At) { Automatic = true, Tells = Clerk },
    ])
    {
        LegalSource = "none; the bench's own",
        FinalStages = [Desk, Shelf],
        Clocks = [new ProcedureClock(Term, "none; the bench's own") { Rungs = [new Rung("near", -3, "remind"), new Rung("late", 1, "remind")] }],
    };

    public IEnumerable<Procedure> Procedures => [ToAndFro];

    public IEnumerable<Role> Roles => [new(Clerk)];

    /// <summary>Its term runs while it lies on the desk.</summary>
    public static Deadline Next(string stage, Deadline term, DateOnly today) => stage == Desk ? term.Suspend(today) : term.Resume(today);

    public static (string Action, string To) Next(string stage) => stage == Desk ? ("file", Shelf) : ("fetch", Desk);

    public void Model(ModelBuilder model)
    {
    }

    public void Services(IServiceCollection services)
    {
    }

    public void Routes(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/bench", OpenAsync).ForRoles(Clerk);
        routes.MapPost("/api/bench/{id:long}/actions", MoveAsync).ForRoles(Clerk);
    }

    internal sealed record NewFile(string? Organisation, string? Title);

    internal sealed record Move(long Version);

    private static async Task<Ok<Answer>> OpenAsync(
        NewFile body, PlatformDb db, CaseDesk desk, ClockDesk clocks, OrganisationTree tree, TimeProvider clock, CancellationToken cancel)
    {
        Organisation owner = await tree.FindAsync(body.Organisation, cancel);
        CaseView file = await desk.OpenAsync(ToAndFro, new Subject("bench", 1), owner.Id, owner.Path, body.Title ?? "", cancel);
        await clocks.WriteAsync(file, Term, null, Deadline.Start(20, LimitUnit.Workdays, clock.Today()), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Answer(file.Id, file.Stage, file.Version), cancel));
    }

    private static async Task<Ok<Answer>> MoveAsync(long id, Move body, PlatformDb db, CaseDesk desk, ClockDesk clocks, TimeProvider clock, CancellationToken cancel)
    {
        CaseView file = await desk.ReadAsync(id, cancel);
        Deadline term = (await clocks.ReadAsync(id, Term, cancel))!;
        CaseView moved = await desk.MoveAsync(file, body.Version, Next(file.Stage).Action, null, cancel);
        await clocks.WriteAsync(moved, Term, term, Next(file.Stage, term, clock.Today()), cancel);
        return TypedResults.Ok(await db.CommitAsync(new Answer(moved.Id, moved.Stage, moved.Version), cancel));
    }
}
