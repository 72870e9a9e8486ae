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
        CaseView moved = await desk.MoveAsync(file, file.Version, BenchModule.Next(file.Stage).Action, null);
        await db.CommitAsync(new Answer(moved.Id, moved.Stage, moved.Version));
    }
}
