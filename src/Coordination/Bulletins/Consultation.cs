using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Puts a draft to units and the public, takes what they say and answers it. Written by the next save.</summary>
internal sealed class Consultation(
    PlatformDb db, OrganisationTree tree, CaseDesk desk, PublicationDesk publications, IServiceScopeFactory scopes, CommentRate rate, Ids ids, TimeProvider clock)
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

    /// <summary>
    /// Nobody is waited for and everything that was said is answered; the units that said nothing are left out. What the public said is published with
    /// what became of it (国办发〔2018〕37号: 公布时要说明理由), without names.
    /// </summary>
    /// <param name="confirmed">Somebody has looked at what seems to be a person's number.</param>
    /// <exception cref="Refusal"><c>policy.comments-open</c>, <c>bulletins.personal-numbers</c></exception>
    public async Task ConcludeAsync(PolicyDocument kept, PolicyVersion draft, bool confirmed, CancellationToken cancel)
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
        if (kept.AsksPublic)
        {
            List<PublicComment> said = await db.Set<PublicComment>().AsNoTracking().Where(row => row.PolicyId == kept.Id && row.Ordinal == kept.Ordinal).OrderBy(row => row.Id).ToListAsync(cancel);
            if (!confirmed && PlainText.PersonalNumbers(said.SelectMany(one => new[] { one.Text, one.Answer })) is { Count: > 0 } found)
            {
                throw new Refusal("bulletins.personal-numbers", 422, string.Join('、', found));
            }

            await publications.AnswerAsync(kept, draft, said.Select(one => new TextSection(one.Outcome, one.Text, one.Answer)), cancel);
        }
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
    /// <param name="address">Where it comes from, of <see cref="CommentRate.Of"/>; null for what the platform itself writes.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>policy.comments-closed</c>, <c>policy.public-full</c>, <c>policy.comment-often</c>, <c>bulletins.text</c>
    /// </exception>
    public async Task SayAsync(long policy, string? name, string? text, string? address = null, CancellationToken cancel = default)
    {
        PublicText draft = await db.Set<PublicText>().AsNoTracking().FirstOrDefaultAsync(row => row.Kind == Publication.Draft && row.SubjectId == policy && row.Current, cancel) ?? throw Refusal.NotFound();
        if (clock.Today() > draft.Until)
        {
            throw new Refusal("policy.comments-closed", 422, draft.Until ?? clock.Today());
        }

        // Whoever has not signed in sees no comments; the platform counts them.
        int before = await scopes.AsPlatformAsync(services =>
            services.GetRequiredService<PlatformDb>().Set<PublicComment>().CountAsync(row => row.PolicyId == policy && row.Ordinal == draft.Ordinal, cancel));
        if (before >= MostOfPublic)
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
        if (address is not null)
        {
            rate.Take(address, policy);
        }

        db.Add(said);
        // What somebody wrote who is not known to us has no place in a record that is never deleted; its length has.
        db.Audit("policy.public-comment", new Subject(PolicyDocument.SubjectKind, policy), draft.CityId, said.Id, null, said.Text.Length.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What became of comments of the public: one outcome and one answer for all those chosen, such as the irrelevant ones.</summary>
    /// <param name="chosen">Each comment with the version last read; all are answered, or none.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>policy.outcome</c>, <c>policy.answer-missing</c>, <c>policy.none-chosen</c>
    /// </exception>
    public async Task<IReadOnlyList<PublicComment>> AnswerAsync(
        long policy, IReadOnlyDictionary<long, long> chosen, string? outcome, string? answer, CancellationToken cancel = default)
    {
        if (chosen.Count is 0 or > MostOfPublic)
        {
            throw new Refusal("policy.none-chosen", 422, MostOfPublic);
        }

        List<PublicComment> rows = await db.Set<PublicComment>().Where(row => row.PolicyId == policy && chosen.Keys.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        if (rows.Count != chosen.Count)
        {
            throw Refusal.NotFound();
        }

        long city = rows[0].OrganisationId;
        string path = await db.Set<Organisation>().Where(row => row.Id == city).Select(row => row.Path).FirstAsync(cancel);
        if (db.Actor.May(BulletinsModule.Editor, Seat.At, path) is null)
        {
            throw Refusal.Role();
        }

        if (outcome is not (PublicComment.Adopted or PublicComment.Refused))
        {
            throw new Refusal("policy.outcome", 422, outcome ?? "");
        }

        string said = BulletinText.ReadOptional(answer, PolicyComment.LongestText);
        if (said.Length == 0 && outcome == PublicComment.Refused)
        {
            throw new Refusal("policy.answer-missing");
        }

        foreach (PublicComment row in rows)
        {
            string before = row.Version == chosen[row.Id] ? row.Outcome : throw Refusal.Stale();
            (row.Outcome, row.Answer, row.Version) = (outcome, said, await ids.NextAsync(cancel));
            db.Audit("policy.public-answer", new Subject(PolicyDocument.SubjectKind, policy), row.OrganisationId, row.Version, before, $"{outcome} {said}");
        }

        return rows;
    }
}
