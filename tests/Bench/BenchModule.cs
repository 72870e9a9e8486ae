using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
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
    }
}
