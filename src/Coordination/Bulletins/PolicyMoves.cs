using System.Text.RegularExpressions;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>What goes with a move of a policy document.</summary>
/// <param name="Units">When others are asked: codes of the units.</param>
/// <param name="Until">When others are asked: the last day for comments; when it is issued or extended: the last day in force.</param>
/// <param name="AsksPublic">When others are asked: the public too.</param>
/// <param name="Number">When it is issued: the document number as printed.</param>
/// <param name="Meeting">When it is issued: where it was deliberated together.</param>
/// <param name="From">When it is issued: the first day in force.</param>
/// <param name="Supersedes">When it is issued: the document that it replaces.</param>
/// <param name="Confirmed">When it is published: somebody has looked at what seems to be a person's number.</param>
internal sealed record PolicyMove(
    string? Action, string? Note = null, IReadOnlyList<string>? Units = null, DateOnly? Until = null, bool AsksPublic = false, string? Number = null,
    string? Meeting = null, DateOnly? From = null, long? Supersedes = null, bool Confirmed = false);

/// <summary>Moves a policy document on. Written by the next save.</summary>
internal sealed partial class PolicyMoves(
    PlatformDb db, CaseDesk desk, PolicyDesk policies, Consultation consultation, PublicationDesk publications, PolicyEnding ending, Ids ids, TimeProvider clock)
{
    private const int LongestForce = 30;

    /// <param name="seen">The version of its case last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>policy.units</c>, <c>policy.comments-until</c>, <c>policy.comments-open</c>,
    /// <c>policy.check-missing</c>, <c>policy.number</c>, <c>policy.number-taken</c>, <c>policy.force</c>, <c>policy.supersedes</c>, <c>policy.never-issued</c>,
    /// <c>policy.in-force</c>, <c>policy.unchanged</c>, <c>bulletins.text</c>, <c>bulletins.personal-numbers</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, PolicyMove move, CancellationToken cancel = default)
    {
        PolicyDocument kept = await db.Set<PolicyDocument>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        string why = BulletinText.ReadOptional(move.Note, PolicyComment.LongestText);
        CaseView moved = await desk.MoveAsync(file, seen, move.Action ?? "", why.Length == 0 ? null : why, cancel);
        PolicyVersion last = await policies.LastAsync(kept, cancel);
        switch (move.Action)
        {
            case PolicyProcedure.Consult:
                RequireChanged(kept);
                await consultation.AskAsync(kept, await policies.ToAskAsync(kept, last, cancel), move, cancel);
                break;
            case PolicyProcedure.Conclude:
                await consultation.ConcludeAsync(kept, last, move.Confirmed, cancel);
                break;
            case PolicyProcedure.Submit:
                await RequireCheckedAsync(kept, cancel);
                break;
            case PolicyProcedure.Issue:
                RequireChanged(kept);
                await IssueAsync(kept, last, move, cancel);
                break;
            case PolicyProcedure.Publish:
                await PublishAsync(kept, last, move.Confirmed, cancel);
                break;
            case PolicyProcedure.Extend:
                kept.ExpiresOn = Force(kept.ExpiresOn ?? clock.Today(), move.Until);
                await publications.ProlongAsync(id, kept.ExpiresOn.Value, cancel);
                break;
            case PolicyProcedure.Keep when kept.IssuedOrdinal == 0:
                throw new Refusal("policy.never-issued");
            case PolicyProcedure.Drop when kept.IssuedOrdinal > 0:
                throw new Refusal("policy.in-force");
            case PolicyProcedure.Drop or PolicyProcedure.Revoke:
                await publications.RemovePolicyAsync(id, cancel);
                break;
        }

        kept.Version = await ids.NextAsync(cancel);
        return moved;
    }

    /// <summary>What was issued once is not issued again: an amendment that changes nothing is given up by <see cref="PolicyProcedure.Keep"/>.</summary>
    private static void RequireChanged(PolicyDocument kept)
    {
        if (kept.IssuedOrdinal == kept.Ordinal)
        {
            throw new Refusal("policy.unchanged");
        }
    }

    private async Task RequireCheckedAsync(PolicyDocument kept, CancellationToken cancel)
    {
        List<PolicyCheck> checks = await db.Set<PolicyCheck>().AsNoTracking().Where(row => row.PolicyId == kept.Id && row.Ordinal == kept.Ordinal).OrderBy(row => row.Id).ToListAsync(cancel);
        string? open = PolicyCheck.Kinds.FirstOrDefault(kind => checks.LastOrDefault(check => check.Kind == kind) is not { Finding: not PolicyCheck.Failed });
        if (open is not null)
        {
            throw new Refusal("policy.check-missing", 422, open);
        }
    }

    private async Task IssueAsync(PolicyDocument kept, PolicyVersion last, PolicyMove move, CancellationToken cancel)
    {
        string number = move.Number?.Trim() ?? "";
        if (number.Length > Contribution.LongestTitle || !DocumentNumber().IsMatch(number))
        {
            throw new Refusal("policy.number", 422, number);
        }

        if (await db.Set<PolicyDocument>().AnyAsync(row => row.OrganisationId == kept.OrganisationId && row.Id != kept.Id && row.Number == number, cancel))
        {
            throw new Refusal("policy.number-taken", 422, number);
        }

        if (move.Supersedes is { } other && (other == kept.Id || !await PolicyReading.Standing(db, clock.Today()).AnyAsync(row => row.Id == other, cancel)))
        {
            throw new Refusal("policy.supersedes");
        }

        DateOnly from = move.From ?? clock.Today();
        (kept.Number, kept.Meeting, kept.InForceFrom, kept.ExpiresOn) = (number, BulletinText.Read(move.Meeting, Contribution.LongestTitle), from, Force(from, move.Until));
        // An amendment that comes before the first text is in force still replaces what that one was to replace.
        (kept.SupersedesId, kept.IssuedOrdinal) = (move.Supersedes ?? kept.SupersedesId, last.Ordinal);
        last.IssuedOn = clock.Today();
        last.FrozenAt ??= clock.Instant();
    }

    private async Task PublishAsync(PolicyDocument kept, PolicyVersion last, bool confirmed, CancellationToken cancel)
    {
        if (!confirmed && PlainText.PersonalNumbers([last.Title, last.Text]) is { Count: > 0 } found)
        {
            throw new Refusal("bulletins.personal-numbers", 422, string.Join('、', found));
        }

        bool first = !await db.Set<PolicyVersion>().AnyAsync(row => row.PolicyId == kept.Id && row.IssuedOn != null && row.Ordinal < last.Ordinal, cancel);
        string why = first ? "" : await db.Set<CaseStep>().Where(row => row.CaseId == kept.CaseId && row.Action == PolicyProcedure.Amend)
            .OrderByDescending(row => row.Id).Select(row => row.Note).FirstOrDefaultAsync(cancel) ?? "";
        await publications.PutAsync(kept, last, why, cancel);
        // What is not yet in force replaces nothing; the clock ends the old one on the day.
        if (kept.SupersedesId is { } other && kept.InForceFrom <= clock.Today()
            && await PolicyReading.Standing(db, clock.Today()).FirstOrDefaultAsync(row => row.Id == other, cancel) is { } old)
        {
            await ending.EndAsync(old, await desk.ReadAsync(old.CaseId, cancel), PolicyProcedure.Supersede, kept.Number, cancel);
        }
    }

    private static DateOnly Force(DateOnly from, DateOnly? until) =>
        until > from && until <= from.AddYears(LongestForce) ? until.Value : throw new Refusal("policy.force", 422, from, LongestForce);

    [GeneratedRegex(@"^\p{L}+〔20\d{2}〕[1-9]\d{0,4}号$")]
    private static partial Regex DocumentNumber();
}
