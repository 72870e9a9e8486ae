using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A check of the last version of a policy document, as it is recorded.</summary>
/// <param name="Version">The document's version last read.</param>
internal sealed record CheckText(string? Kind, string? Finding, string? By, string? Opinion, DateOnly? CheckedOn, long Version);

/// <summary>Writes policy documents and records their checks. Written by the next save.</summary>
internal sealed class PolicyDesk(PlatformDb db, Cities cities, CaseDesk desk, Ids ids, TimeProvider clock)
{
    private static readonly string[] s_writable = [PolicyProcedure.Drafting, PolicyProcedure.Concluded];

    /// <exception cref="Refusal"><c>access.role</c>, <c>bulletins.text</c></exception>
    public async Task<PolicyDocument> DraftAsync(string? title, string? text, CancellationToken cancel = default)
    {
        Organisation city = await cities.OfRoleAsync(BulletinsModule.Editor, cancel);
        var made = new PolicyDocument { Id = await ids.NextAsync(cancel), OrganisationId = city.Id, Title = Title(title), Ordinal = 1 };
        made.Version = made.Id;
        made.CaseId = (await desk.OpenAsync(PolicyProcedure.Table, new Subject(PolicyDocument.SubjectKind, made.Id), city.Id, city.Path, made.Title, cancel)).Id;
        db.Add(made);
        AddVersion(made, BulletinText.Read(text, PolicyDocument.LongestText));
        return made;
    }

    /// <summary>Changes the last version, or writes the next one after a version that somebody has been shown.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c>, <c>case.wrong-stage</c>, <c>bulletins.text</c></exception>
    public async Task<PolicyDocument> RewriteAsync(long id, string? title, string? text, long seen, CancellationToken cancel = default)
    {
        PolicyDocument kept = await ForWritingAsync(id, seen, s_writable, cancel);
        PolicyVersion last = await LastAsync(kept, cancel);
        kept.Title = Title(title);
        string clean = BulletinText.Read(text, PolicyDocument.LongestText);
        if (last.FrozenAt is null)
        {
            (last.Title, last.Text, last.WrittenAt) = (kept.Title, clean, clock.Instant());
        }
        else
        {
            kept.Ordinal++;
            AddVersion(kept, clean);
        }

        kept.Version = await ids.NextAsync(cancel);
        db.Audit("policy.write", new Subject(PolicyDocument.SubjectKind, id), kept.OrganisationId, kept.Version, last.Title, $"{kept.Ordinal} {kept.Title}");
        return kept;
    }

    /// <summary>Records what those found who check legality or fair competition; the version they saw is frozen.</summary>
    /// <exception cref="Refusal">Those of <see cref="RewriteAsync"/>, <c>policy.check</c></exception>
    public async Task<PolicyCheck> CheckAsync(long id, CheckText asked, CancellationToken cancel = default)
    {
        PolicyDocument kept = await ForWritingAsync(id, asked.Version, [PolicyProcedure.Concluded], cancel);
        bool known = asked.Kind is { } kind && PolicyCheck.Kinds.Contains(kind) && asked.Finding is { } finding && PolicyCheck.Findings.Contains(finding)
            && (kind == PolicyCheck.Competition || finding != PolicyCheck.NotConcerned);
        if (!known || (asked.CheckedOn is { } day && day > clock.Today()))
        {
            throw new Refusal("policy.check");
        }

        PolicyVersion last = await LastAsync(kept, cancel);
        last.FrozenAt ??= clock.Instant();
        var check = new PolicyCheck
        {
            Id = await ids.NextAsync(cancel),
            PolicyId = id,
            Ordinal = kept.Ordinal,
            OrganisationId = kept.OrganisationId,
            Kind = asked.Kind!,
            Finding = asked.Finding!,
            By = BulletinText.Read(asked.By, Contribution.LongestTitle).Replace('\n', ' '),
            Opinion = BulletinText.Read(asked.Opinion, PolicyComment.LongestText),
            CheckedOn = asked.CheckedOn ?? clock.Today(),
        };
        db.Add(check);
        kept.Version = check.Id;
        db.Audit("policy.check", new Subject(PolicyDocument.SubjectKind, id), kept.OrganisationId, check.Id, null, $"{check.Ordinal} {check.Kind} {check.Finding}");
        return check;
    }

    /// <summary>What others are asked about: the last version, or a new one of the same text where that has been put to somebody already.</summary>
    internal async Task<PolicyVersion> ToAskAsync(PolicyDocument kept, PolicyVersion last, CancellationToken cancel)
    {
        if (!await db.Set<PolicyComment>().AnyAsync(row => row.PolicyId == kept.Id && row.Ordinal == kept.Ordinal, cancel)
            && !await db.Set<PublicComment>().AnyAsync(row => row.PolicyId == kept.Id && row.Ordinal == kept.Ordinal, cancel))
        {
            return last;
        }

        kept.Ordinal++;
        return AddVersion(kept, last.Text);
    }

    internal Task<PolicyVersion> LastAsync(PolicyDocument kept, CancellationToken cancel) =>
        db.Set<PolicyVersion>().FirstAsync(row => row.PolicyId == kept.Id && row.Ordinal == kept.Ordinal, cancel);

    private async Task<PolicyDocument> ForWritingAsync(long id, long seen, string[] stages, CancellationToken cancel)
    {
        PolicyDocument kept = await db.Set<PolicyDocument>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        if (db.Actor.May(BulletinsModule.Editor, Seat.At, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        return !stages.Contains(file.Stage) ? throw new Refusal("case.wrong-stage", 422, file.Stage, "write") : kept.Version != seen ? throw Refusal.Stale() : kept;
    }

    private PolicyVersion AddVersion(PolicyDocument kept, string text) => db.Add(new PolicyVersion
    {
        PolicyId = kept.Id,
        Ordinal = kept.Ordinal,
        OrganisationId = kept.OrganisationId,
        Title = kept.Title,
        Text = text,
        WrittenAt = clock.Instant(),
    }).Entity;

    private static string Title(string? title) => BulletinText.Read(title, PolicyDocument.LongestTitle).Replace('\n', ' ');
}
