using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>The appeals that wait for an officer, and whether this one may hear them.</summary>
internal sealed class AppealHearings(PlatformDb db, Recusal recusal) : IHearingSource
{
    private const int Most = 200;

    public async Task<IReadOnlyList<Hearing>> ListAsync(CancellationToken cancel = default)
    {
        if (!db.Actor.Is(AssessmentModule.AppealOfficer))
        {
            return [];
        }

        var open = await (
            from appeal in db.Set<Appeal>().AsNoTracking()
            join file in db.Set<Case>() on appeal.CaseId equals file.Id
            join unit in db.Set<Organisation>() on appeal.OrganisationId equals unit.Id
            where file.Stage == AppealProcedure.Filed || file.Stage == AppealProcedure.Accepted
            orderby appeal.Id
            select new { Appeal = appeal, unit.Path }).Take(Most).ToListAsync(cancel);
        var hearings = new List<Hearing>();
        foreach (var one in open.Where(one => db.Actor.May(AssessmentModule.AppealOfficer, Seat.Above, one.Path) is not null))
        {
            // A seat in the unit that is only about to be taken stands in no table yet.
            bool member = db.Actor.Grants.Any(grant => grant.OrganisationId == one.Appeal.OrganisationId);
            hearings.Add(new Hearing(one.Appeal.CaseId, member || await recusal.ReasonAsync(one.Appeal, one.Path, cancel) is not null));
        }

        return hearings;
    }
}
