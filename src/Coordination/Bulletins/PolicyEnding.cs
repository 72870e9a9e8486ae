using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>
/// Ends a document whose force is over, at whatever stage its amendment stands: its readers no longer see it, nobody is asked about it any more.
/// Written by the next save.
/// </summary>
internal sealed class PolicyEnding(PlatformDb db, CaseDesk desk, PublicationDesk publications)
{
    /// <param name="action"><see cref="PolicyProcedure.Expire"/> or <see cref="PolicyProcedure.Supersede"/>.</param>
    public async Task EndAsync(PolicyDocument row, CaseView file, string action, string? note, CancellationToken cancel = default)
    {
        await desk.AdvanceAsync(file, action, note, cancel);
        await publications.RemovePolicyAsync(row.Id, cancel);
        List<long> asked = await (
            from comment in db.Set<PolicyComment>()
            join one in db.Set<Case>() on comment.CaseId equals one.Id
            where comment.PolicyId == row.Id && one.Stage == CommentProcedure.Asked
            select one.Id).ToListAsync(cancel);
        foreach (CaseView silent in (await desk.ReadAsync(asked, cancel)).Values)
        {
            await desk.AdvanceAsync(silent, CommentProcedure.Lapse, null, cancel);
        }
    }
}
