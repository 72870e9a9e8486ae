using Lodestone.Kernel;
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

    public static Procedure ToAndFro { get; } = new("bench", Desk,
    [
        new("file", Desk, Shelf, Clerk, Seat.At) { Tells = Clerk },
        new("fetch", Shelf, Desk, Clerk, Seat.At) { Tells = Clerk },
    ])
    {
        LegalSource = "none; the bench's own",
        FinalStages = [Desk, Shelf],
    };

    public IEnumerable<Procedure> Procedures => [ToAndFro];

    public IEnumerable<Role> Roles => [new(Clerk)];

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
