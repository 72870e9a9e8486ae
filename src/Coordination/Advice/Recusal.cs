using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>
/// Who may not advise on what (回避): an expert employed by, tied today by a recorded conflict to, or holding a seat on the platform in the unit that
/// asks or any organisation that is concerned. State Council Order 713, art. 20: no expert with a direct interest in the matter is chosen.
/// </summary>
internal sealed class Recusal(PlatformDb db, TimeProvider clock)
{
    /// <exception cref="Refusal"><c>advice.term</c>, <c>advice.recused</c></exception>
    public async Task RequireAsync(Expert expert, IReadOnlyCollection<long> concerned, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        if (today < expert.TermFrom || today > expert.TermUntil)
        {
            throw new Refusal("advice.term", 422, expert.Name, expert.TermFrom, expert.TermUntil);
        }

        if (await WhyAsync([expert], concerned, cancel) is { Count: > 0 } found)
        {
            throw new Refusal("advice.recused", 422, expert.Name, found[expert.Id]);
        }
    }

    /// <summary>The organisation that keeps each of the experts away, by the expert's id; who is free is missing.</summary>
    public async Task<IReadOnlyDictionary<long, string>> WhyAsync(IReadOnlyCollection<Expert> experts, IReadOnlyCollection<long> concerned, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        long[] asked = [.. experts.Select(expert => expert.Id)];
        List<ExpertConflict> ties = await db.Set<ExpertConflict>().AsNoTracking().Where(row => asked.Contains(row.ExpertId) && concerned.Contains(row.WithId)
            && row.StartsOn <= today && (row.EndsOn == null || row.EndsOn >= today)).OrderBy(row => row.Id).ToListAsync(cancel);
        long[] users = [.. experts.Select(expert => expert.UserId)];
        var seats = await (
            from seat in db.Set<Membership>()
            join house in db.Set<Organisation>() on seat.OrganisationId equals house.Id
            where users.Contains(seat.UserId) && concerned.Contains(seat.OrganisationId)
                && (seat.StartsOn == null || seat.StartsOn <= today) && (seat.EndsOn == null || seat.EndsOn >= today)
            orderby seat.Id
            select new { seat.UserId, house.Name }).ToListAsync(cancel);
        var why = new Dictionary<long, string>();
        foreach (Expert expert in experts)
        {
            if (expert.EmployerId is { } employer && concerned.Contains(employer))
            {
                why[expert.Id] = expert.Employer;
            }
            else if (ties.Find(tie => tie.ExpertId == expert.Id) is { } tie)
            {
                why[expert.Id] = tie.WithName;
            }
            else if (seats.Find(seat => seat.UserId == expert.UserId) is { } seat)
            {
                why[expert.Id] = seat.Name;
            }
        }

        return why;
    }
}
