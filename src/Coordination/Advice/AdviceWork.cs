using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>What waits for an expert, by person and not by role; and by when opinions and answers are due.</summary>
internal sealed class AdviceWork(PlatformDb db, TimeProvider clock) : IWorkSource, ICaseDue
{
    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken cancel = default)
    {
        long user = db.Actor.UserId;
        DateOnly today = clock.Today();
        List<Assignment> open = user == 0 ? [] : await db.Set<Assignment>().AsNoTracking()
            .Where(row => row.UserId == user && row.GivenAt == null && !row.Ended && row.DueOn >= today).OrderBy(row => row.DueOn).Take(100).ToListAsync(cancel);
        return [.. open.Select(row => new WorkItem("work.advice.opinion", row.Title, row.UnitName, AdviceModule.Place("questions", row.Id), row.DueOn, false, null))];
    }

    public async Task<IReadOnlyDictionary<long, DueDate>> OfAsync(IReadOnlyCollection<long> cases, CancellationToken cancel = default) =>
        (await db.Set<Inquiry>().Where(row => cases.Contains(row.CaseId)).Select(row => new { row.CaseId, Due = row.AnswerDueOn ?? row.DueOn }).ToListAsync(cancel))
            .Where(row => row.Due is not null).ToDictionary(row => row.CaseId, row => new DueDate(row.Due!.Value, false));
}
