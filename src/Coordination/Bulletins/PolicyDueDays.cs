using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>By when a unit must comment, a consultation ends, a document must be evaluated.</summary>
internal sealed class PolicyDueDays(PlatformDb db) : ICaseDue
{
    public async Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default)
    {
        var policies = await (
            from row in db.Set<PolicyDocument>()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            where cases.Contains(row.CaseId)
            select new { row.CaseId, file.Stage, row.CommentsUntil, row.ExpiresOn }).ToListAsync(cancel);
        var comments = await db.Set<PolicyComment>().Where(row => cases.Contains(row.CaseId)).Select(row => new { row.CaseId, row.DueOn }).ToListAsync(cancel);
        return policies.Select(row => (row.CaseId, Due: row.Stage switch
        {
            PolicyProcedure.Consulting => row.CommentsUntil,
            PolicyProcedure.Evaluating or PolicyProcedure.Evaluated => row.ExpiresOn,
            _ => null,
        })).Where(row => row.Due is not null).Select(row => (row.CaseId, Due: row.Due!.Value)).Concat(comments.Select(row => (row.CaseId, Due: row.DueOn)))
            .ToDictionary(row => row.CaseId, row => new DueDate(row.Due, false));
    }
}
