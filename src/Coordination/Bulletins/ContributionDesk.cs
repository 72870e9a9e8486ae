using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A contribution as its unit writes it.</summary>
/// <param name="Unit">Code of the unit; only read for a new one.</param>
/// <param name="Evidence">A stored file of the unit.</param>
/// <param name="Version">The version last read; 0 for a new one.</param>
internal sealed record ContributionText(string? Unit, string? Title, string? Text, string? Sensitivity, long? Evidence, long Version);

/// <summary>Writes and moves contributions. Written by the next save.</summary>
internal sealed class ContributionDesk(PlatformDb db, OrganisationTree tree, CaseDesk desk, Ids ids, TimeProvider clock)
{
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>bulletins.text</c>, <c>export.sensitivity</c>, <c>bulletins.file</c></exception>
    public async Task<Contribution> WriteAsync(ContributionText asked, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(asked.Unit, cancel);
        if (db.Actor.May(BulletinsModule.Contributor, Seat.Own, unit.Path) is null)
        {
            throw Refusal.Role();
        }

        var made = new Contribution { Id = await ids.NextAsync(cancel), OrganisationId = unit.Id };
        await FillAsync(made, asked, cancel);
        made.CaseId = (await desk.OpenAsync(ContributionProcedure.Table, new Subject(Contribution.SubjectKind, made.Id), unit.Id, unit.Path, made.Title, cancel)).Id;
        db.Add(made);
        return made;
    }

    /// <exception cref="Refusal">Those of <see cref="WriteAsync"/>, <c>request.stale</c>, <c>case.wrong-stage</c></exception>
    public async Task<Contribution> RewriteAsync(long id, ContributionText asked, CancellationToken cancel = default)
    {
        Contribution kept = await db.Set<Contribution>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(kept.CaseId, cancel);
        if (db.Actor.May(BulletinsModule.Contributor, Seat.Own, file.OrganisationPath) is null)
        {
            throw Refusal.Role();
        }

        if (file.Stage != ContributionProcedure.Draft)
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, "write");
        }

        if (kept.Version != asked.Version)
        {
            throw Refusal.Stale();
        }

        string before = kept.Title;
        await FillAsync(kept, asked, cancel);
        db.Audit("contribution.write", new Subject(Contribution.SubjectKind, id), kept.OrganisationId, kept.Version, before, kept.Title);
        return kept;
    }

    /// <summary>A unit's move, or the editors' refusal; what a bulletin does to it is <see cref="BulletinDesk"/>'s matter.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/></exception>
    public async Task<CaseView> MoveAsync(long id, long seen, string? action, string? note, CancellationToken cancel = default)
    {
        Contribution kept = await db.Set<Contribution>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        if (action is ContributionProcedure.Take or ContributionProcedure.Release)
        {
            throw new Refusal("bulletins.take-in-bulletin");
        }

        string why = BulletinText.ReadOptional(note, PolicyComment.LongestText);
        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(kept.CaseId, cancel), seen, action ?? "", why.Length == 0 ? null : why, cancel);
        if (action == ContributionProcedure.Submit)
        {
            kept.SubmittedOn = clock.Today();
        }

        return moved;
    }

    private async Task FillAsync(Contribution kept, ContributionText asked, CancellationToken cancel)
    {
        kept.Title = BulletinText.Read(asked.Title, Contribution.LongestTitle).Replace('\n', ' ');
        kept.Text = BulletinText.Read(asked.Text, Contribution.LongestText);
        kept.Sensitivity = SensitivityMark.Of(asked.Sensitivity);
        if (asked.Evidence is { } file && !db.Set<EvidenceFile>().Local.Any(row => row.Id == file && row.OrganisationId == kept.OrganisationId)
            && !await db.Set<EvidenceFile>().AnyAsync(row => row.Id == file && row.OrganisationId == kept.OrganisationId, cancel))
        {
            throw new Refusal("bulletins.file");
        }

        kept.EvidenceId = asked.Evidence ?? kept.EvidenceId;
        kept.Version = await ids.NextAsync(cancel);
    }
}
