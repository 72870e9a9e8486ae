using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision;

/// <summary>By when an order must be signed for or done.</summary>
internal sealed class OrderDueDays(PlatformDb db) : ICaseDue
{
    public async Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default) => (await (
        from order in db.Set<SupervisionOrder>()
        join file in db.Set<Case>() on order.CaseId equals file.Id
        where cases.Contains(order.CaseId)
        select new { order.CaseId, file.Stage, order.SignDueOn, order.DueOn, order.Provisional }).ToListAsync(cancel))
        .Select(row => (row.CaseId, Due: row.Stage == SupervisionProcedure.Issued ? row.SignDueOn : row.DueOn, row.Provisional))
        .Where(row => row.Due is not null).ToDictionary(row => row.CaseId, row => new DueDate(row.Due!.Value, row.Provisional));
}
