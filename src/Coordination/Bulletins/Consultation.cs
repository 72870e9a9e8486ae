using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Puts a draft to units and the public, takes what they say and answers it. Written by the next save.</summary>
internal sealed class Consultation(PlatformDb db, OrganisationTree tree, CaseDesk desk, PublicationDesk publications, Ids ids, TimeProvider clock)
{
    private const int MostUnits = 60;

    /// <summary>Comments of the public on one draft; whoever writes a robot fills this and no more.</summary>
    public const int MostOfPublic = 500;

    /// <exception cref="Refusal"><c>policy.units</c>, <c>policy.comments-until</c>, <c>request.not-found</c></exception>
    public async Task AskAsync(PolicyDocument kept, PolicyVersion draft, PolicyMove move, CancellationToken cancel)
    {
        string[] codes = [.. (move.Units ?? []).Distinct()];
        if (codes.Length is 0 or > MostUnits)
        {
            throw new Refusal("policy.units", 422, MostUnits);
        }

        DateOnly until = move.Until is { } day && day > clock.Today() ? day : throw new Refusal("policy.comments-until", 422, clock.Today());
        draft.FrozenAt ??= clock.Instant();
        (kept.CommentsUntil, kept.AsksPublic) = (until, move.AsksPublic);
        foreach (string code in codes)
        {
            Organisation unit = await tree.FindAsync(code, cancel);
            var asked = new PolicyComment
            {
                Id = await ids.NextAsync(cancel),
                OrganisationId = unit.Id,
                PolicyId = kept.Id,
                Ordinal = draft.Ordinal,
                Title = draft.Title,
                Draft = draft.Text,
                DueOn = until,
            };
            asked.CaseId = (await desk.OpenAsync(CommentProcedure.Table, new Subject(PolicyComment.SubjectKind, asked.Id), unit.Id, unit.Path, draft.Title, cancel)).Id;
            db.Add(asked);
        }

        if (move.AsksPublic)
        {
            await publications.AskAsync(kept, draft, until, cancel);
        }
    }

    /// <summary>Nobody is waited for and everything that was said is answered; the units that said nothing are left out.</summary>
    /// <exception cref="Refusal"><c>policy.comments-open</c></exception>
    public async Task ConcludeAsync(PolicyDocument kept, CancellationToken cancel)
    {
        var asked = await (
            from row in db.Set<PolicyComment>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            where row.PolicyId == kept.Id && (file.Stage == CommentProcedure.Asked || file.Stage == CommentProcedure.Given)
            select new { row.CaseId, file.Stage }).ToListAsync(cancel);
        bool over = clock.Today() > kept.CommentsUntil;
        int waiting = asked.Count(one => one.Stage == CommentProcedure.Asked);
        int open = asked.Count - waiting + await db.Set<PublicComment>().CountAsync(row => row.PolicyId == kept.Id && row.Outcome == "", cancel);
        if (open > 0 || (!over && (waiting > 0 || kept.AsksPublic)))
        {
            throw new Refusal("policy.comments-open", 422, open, waiting, kept.CommentsUntil ?? clock.Today());
        }

        foreach (var silent in asked)
        {
            await desk.AdvanceAsync(await desk.ReadAsync(silent.CaseId, cancel), CommentProcedure.Lapse, null, cancel);
        }

        await publications.RemoveAsync(Publication.Draft, kept.Id, cancel);
    }

    /// <summary>What a unit says, and what the editors answer.</summary>
    /// <param name="seen">The version of the comment's case last read.</param>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>policy.comments-closed</c>, <c>bulletins.text</c></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? text, CancellationToken cancel = default)
    {
        PolicyComment kept = await db.Set<PolicyComment>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        string said = action == CommentProcedure.Comment ? BulletinText.Read(text, PolicyComment.LongestText) : BulletinText.ReadOptional(text, PolicyComment.LongestText);
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(kept.CaseId, cancel), seen, action ?? "", said.Length == 0 ? null : said, cancel);
        if (action is CommentProcedure.Comment or CommentProcedure.Agree)
        {
            if (clock.Today() > kept.DueOn)
            {
                throw new Refusal("policy.comments-closed", 422, kept.DueOn);
            }

            kept.Text = action == CommentProcedure.Comment ? said : "";
        }
        else
        {
            kept.Answer = said;
        }

        return moved;
    }

    /// <summary>Somebody of the public says something; nobody has signed in.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>policy.comments-closed</c>, <c>policy.public-full</c>, <c>bulletins.text</c></exception>
    public async Task SayAsync(long policy, string? name, string? text, CancellationToken cancel = default)
    {
        PublicText draft = await db.Set<PublicText>().FirstOrDefaultAsync(row => row.Kind == Publication.Draft && row.SubjectId == policy && row.Current, cancel) ?? throw Refusal.NotFound();
        if (clock.Today() > draft.Until)
        {
            throw new Refusal("policy.comments-closed", 422, draft.Until ?? clock.Today());
        }

        if (draft.Comments >= MostOfPublic)
        {
            throw new Refusal("policy.public-full", 422, MostOfPublic);
        }

        var said = new PublicComment
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = draft.CityId,
            PolicyId = policy,
            Ordinal = draft.Ordinal,
            Name = BulletinText.ReadOptional(name, PublicComment.LongestName).Replace('\n', ' '),
            Text = BulletinText.Read(text, PublicComment.LongestText),
            At = clock.Instant(),
        };
        said.Version = said.Id;
        db.Add(said);
        draft.Comments++;
        db.Audit("policy.public-comment", new Subject(PolicyDocument.SubjectKind, policy), draft.CityId, said.Id, null, said.Text);
    }

    /// <summary>What became of a comment of the public.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>policy.outcome</c>, <c>policy.answer-missing</c></exception>
    public async Task<PublicComment> AnswerAsync(long policy, long comment, string? outcome, string? answer, long seen, CancellationToken cancel = default)
    {
        PublicComment kept = await db.Set<PublicComment>().FirstOrDefaultAsync(row => row.Id == comment && row.PolicyId == policy, cancel) ?? throw Refusal.NotFound();
        string path = await db.Set<Organisation>().Where(row => row.Id == kept.OrganisationId).Select(row => row.Path).FirstAsync(cancel);
        if (db.Actor.May(BulletinsModule.Editor, Kernel.Identity.Seat.At, path) is null)
        {
            throw Refusal.Role();
        }

        if (kept.Version != seen)
        {
            throw Refusal.Stale();
        }

        string said = BulletinText.ReadOptional(answer, PolicyComment.LongestText);
        string before = kept.Outcome;
        kept.Outcome = outcome is PublicComment.Adopted or PublicComment.Refused ? outcome : throw new Refusal("policy.outcome", 422, outcome ?? "");
        kept.Answer = said.Length > 0 || outcome == PublicComment.Adopted ? said : throw new Refusal("policy.answer-missing");
        kept.Version = await ids.NextAsync(cancel);
        db.Audit("policy.public-answer", new Subject(PolicyDocument.SubjectKind, policy), kept.OrganisationId, kept.Version, before, $"{outcome} {said}");
        return kept;
    }
}
