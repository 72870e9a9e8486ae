using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Accountability;

/// <summary>A matter as its unit and the office see it.</summary>
/// <param name="StatementDueOn">By when the unit may state its side; null when that time does not run.</param>
internal sealed record MatterView(AccountabilityMatter Matter, string Unit, string UnitName, string Stage, long Version, DateTimeOffset Since, DateOnly? StatementDueOn)
{
    public string Number => AccountabilityDesk.NumberOf(Matter);
}

/// <summary>A fact and how its order stands now.</summary>
internal sealed record FactView(AccountabilityFact Fact, OrderView Order);

/// <summary>Reads matters within the actor's scope.</summary>
internal sealed class AccountabilityReading(PlatformDb db, SupervisionReading orders, StepReading steps)
{
    public const int PageSize = 50;

    /// <param name="before">Keyset: the id of the last line of the page before.</param>
    public Task<List<MatterView>> PageAsync(long? before, CancellationToken cancel = default) =>
        Views(db.Set<AccountabilityMatter>().Where(row => before == null || row.Id < before)).Take(PageSize).ToListAsync(cancel);

    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<MatterView> FindAsync(long id, CancellationToken cancel = default) =>
        await Views(db.Set<AccountabilityMatter>().Where(row => row.Id == id)).FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound();

    public async Task<IReadOnlyList<FactView>> FactsAsync(MatterView matter, CancellationToken cancel = default)
    {
        List<AccountabilityFact> facts = await db.Set<AccountabilityFact>().AsNoTracking().Where(row => row.MatterId == matter.Matter.Id).OrderBy(row => row.OrderId).ToListAsync(cancel);
        IReadOnlyDictionary<long, OrderView> known = await orders.OfAsync([.. facts.Select(fact => fact.OrderId)], cancel);
        return [.. facts.Where(fact => known.ContainsKey(fact.OrderId)).Select(fact => new FactView(fact, known[fact.OrderId]))];
    }

    /// <summary>Those of the orders on which a matter is open.</summary>
    public async Task<IReadOnlySet<long>> HeldAsync(IReadOnlyCollection<long> asked, CancellationToken cancel = default) => (await (
        from fact in db.Set<AccountabilityFact>()
        join matter in db.Set<AccountabilityMatter>() on fact.MatterId equals matter.Id
        join file in db.Set<Case>() on matter.CaseId equals file.Id
        where asked.Contains(fact.OrderId) && file.Stage != AccountabilityProcedure.Dismissed && file.Stage != AccountabilityProcedure.Lifted
        select fact.OrderId).ToListAsync(cancel)).ToHashSet();

    public Task<IReadOnlyList<StepLine>> StepsAsync(MatterView matter, CancellationToken cancel = default) =>
        steps.OfAsync([matter.Matter.CaseId], matter.Matter.OrganisationId, cancel);

    private IQueryable<MatterView> Views(IQueryable<AccountabilityMatter> matters) =>
        from matter in matters.AsNoTracking()
        join file in db.Set<Case>() on matter.CaseId equals file.Id
        join unit in db.Set<Organisation>() on matter.OrganisationId equals unit.Id
        orderby matter.Id descending
        select new MatterView(matter, unit.Code, unit.Name, file.Stage, file.Version, file.StageSince,
            db.Set<CaseClock>().Where(row => row.CaseId == matter.CaseId && row.Name == AccountabilityProcedure.HearingClock).Select(row => row.DueOn).FirstOrDefault());
}
