using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Bench;

/// <summary>The kernel's door as a request handler goes through it, from its scope on.</summary>
internal sealed class DoorWorker(Ground ground) : Worker
{
    public override async Task MoveAsync(long caseId, Actor actor, PendingRequest request)
    {
        await using AsyncServiceScope scope = ground.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        PlatformDb db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        db.Request = request;
        CaseDesk desk = scope.ServiceProvider.GetRequiredService<CaseDesk>();
        CaseView file = await desk.ReadAsync(caseId);
        ClockDesk clocks = scope.ServiceProvider.GetRequiredService<ClockDesk>();
        Deadline term = (await clocks.ReadAsync(caseId, BenchModule.Term))!;
        DateOnly today = TimeProvider.System.Today();
        CaseView moved = await desk.MoveAsync(file, file.Version, BenchModule.Next(file.Stage).Action, null);
        await clocks.WriteAsync(moved, BenchModule.Term, term, BenchModule.Next(file.Stage, term, today));
        db.ClimbRungs(moved, BenchModule.Term, today, [Rung(moved.Version)], today);
        await db.CommitAsync(new Answer(moved.Id, moved.Stage, moved.Version));
    }
}
