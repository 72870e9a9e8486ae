using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice;

/// <summary>Takes an expert's opinions, all questions at once and once. Written by the next save.</summary>
internal sealed class OpinionDesk(PlatformDb db, Recusal recusal, Ids ids, TimeProvider clock)
{
    /// <param name="opinions">In the order of the questions.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>advice.given</c>, <c>advice.late</c>, <c>advice.term</c>, <c>advice.recused</c>,
    /// <c>advice.each-question</c>, <c>advice.text</c>
    /// </exception>
    public async Task<Assignment> GiveAsync(long id, IReadOnlyList<string>? opinions, long seen, CancellationToken cancel = default)
    {
        Assignment kept = await db.Set<Assignment>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        if (kept.UserId != db.Actor.UserId || !db.Actor.Grants.Any(grant => grant.Role == AdviceModule.Expert && grant.OrganisationId == kept.OrganisationId && grant.OnBehalfOf is null))
        {
            throw Refusal.Role();
        }

        if (kept.GivenAt is not null)
        {
            throw new Refusal("advice.given");
        }

        if (kept.Ended || clock.Today() > kept.DueOn)
        {
            throw new Refusal("advice.late", 422, kept.DueOn);
        }

        if (kept.Version != seen)
        {
            throw Refusal.Stale();
        }

        Expert expert = await db.Set<Expert>().AsNoTracking().FirstAsync(row => row.Id == kept.ExpertId, cancel);
        await recusal.RequireAsync(expert, ConcernedOf(kept), cancel);
        List<AssignedQuestion> questions = await db.Set<AssignedQuestion>().Where(row => row.AssignmentId == id).OrderBy(row => row.Ordinal).ToListAsync(cancel);
        if (opinions?.Count != questions.Count)
        {
            throw new Refusal("advice.each-question", 422, questions.Count);
        }

        for (int i = 0; i < questions.Count; i++)
        {
            questions[i].Opinion = ExpertBook.Text(opinions[i], Inquiry.LongestText, nameof(opinions));
        }

        kept.GivenAt = clock.Instant();
        kept.Version = await ids.NextAsync(cancel);
        db.Audit("advice.opinion", new Subject("advice-assignment", id), kept.OrganisationId, kept.Version, null, expert.Name);
        return kept;
    }

    internal static long[] ConcernedOf(Assignment assignment) =>
        [.. assignment.ConcernedIds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => long.Parse(one, CultureInfo.InvariantCulture))];
}
