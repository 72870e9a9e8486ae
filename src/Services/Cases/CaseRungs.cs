using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>What a missed day does besides telling: the case is accepted by law from the day of receipt, or goes back uncorrected.</summary>
internal sealed class CaseRungs(PlatformDb db, CaseDesk desk, CaseClocks clocks, ListReading lists, OpinionBook opinions, TimeProvider clock) : IRungReaction
{
    public string Procedure => CaseProcedure.Code;

    public async Task OnAsync(CaseView moved, string name, Rung rung, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        switch (rung.Action)
        {
            case CaseProcedure.DeemAccepted when moved.Stage == CaseProcedure.Accepted:
                ServiceCase service = await db.Set<ServiceCase>().FirstAsync(row => row.CaseId == moved.Id, cancel);
                EntryText item = (await lists.VersionsAsync([service.VersionId], cancel))[service.VersionId].Text;
                // Art. 32: not told in time, it counts as accepted from the day the materials were received, so the main clocks have run those days.
                (service.AcceptedOn, service.Deemed) = (service.MaterialsOn, true);
                // The applicant is told by that move, who goes on with it by this one.
                CaseView told = await desk.AdvanceAsync(moved, CaseProcedure.TellDeemed, null, cancel);
                await clocks.AcceptAsync(told, item.StatutoryDays, item.PromisedDays, service.MaterialsOn, today, cancel);
                await opinions.AskAsync(service, item, today, cancel);
                break;
            case CaseProcedure.Lapse when moved.Stage == CaseProcedure.Returned:
                await clocks.CloseAsync(moved, today, cancel);
                break;
            default:
                break;
        }
    }
}
