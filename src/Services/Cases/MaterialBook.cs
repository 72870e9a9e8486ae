using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>A material as it is brought.</summary>
/// <param name="Evidence">A stored file of the enterprise.</param>
/// <param name="Pledge">A written pledge instead.</param>
internal sealed record BroughtMaterial(string? Code, long? Evidence = null, bool Pledge = false);

/// <summary>The materials of cases: what is brought, used again, fetched or pledged. Written by the next save.</summary>
internal sealed class MaterialBook(PlatformDb db, Words words, Ids ids, TimeProvider clock)
{
    /// <summary>While a case stands there, materials may be brought.</summary>
    public static IReadOnlyList<string> Stages { get; } = [CaseProcedure.Received, CaseProcedure.CorrectionAsked, CaseProcedure.Accepted, CaseProcedure.Special, CaseProcedure.Examined];

    /// <summary>The materials of a new case: what the enterprise once submitted and what the government issued is not asked for.</summary>
    /// <exception cref="Refusal"><c>service.material-unknown</c>, <c>service.evidence</c>, <c>service.pledge-not-offered</c>, <c>service.pledge-barred</c></exception>
    public async Task<IReadOnlyList<CaseMaterial>> OpenAsync(ServiceCase service, EntryText item, IReadOnlyList<BroughtMaterial> brought, CancellationToken cancel = default)
    {
        if (brought.FirstOrDefault(one => item.Materials!.All(material => material.Code != one.Code)) is { } unknown)
        {
            throw new Refusal("service.material-unknown", 422, unknown.Code ?? "", service.ItemName);
        }

        IReadOnlyDictionary<string, CaseMaterial> kept = await KeptAsync(service.OrganisationId, [.. item.Materials!.Select(material => material.Code!)], cancel);
        var rows = new List<CaseMaterial>();
        foreach (MaterialText material in item.Materials!)
        {
            var row = new CaseMaterial
            {
                Id = await ids.NextAsync(cancel),
                OrganisationId = service.OrganisationId,
                ServiceCaseId = service.Id,
                Code = material.Code!,
                Name = material.Name!,
                Grade = material.Grade!,
                Required = material.Required,
                State = MaterialState.Missing,
            };
            if (brought.FirstOrDefault(one => one.Code == material.Code) is { } one)
            {
                await BringAsync(service, row, material, one, cancel);
            }
            else if (material.Grade == MaterialGrade.Issued)
            {
                (row.State, row.BroughtOn) = (MaterialState.Fetched, clock.Today());
            }
            else if (kept.TryGetValue(material.Code!, out CaseMaterial? old))
            {
                (row.State, row.EvidenceId, row.ReusedFrom, row.BroughtOn, row.ValidUntil) = (MaterialState.Reused, old.EvidenceId, old.ReusedFrom ?? old.Id, clock.Today(), old.ValidUntil);
            }

            row.ReceivedState = row.State;
            db.Add(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>One material of a running case is brought, or pledged.</summary>
    /// <exception cref="Refusal">Those of <see cref="OpenAsync"/>; <c>service.material-in</c></exception>
    public async Task<CaseMaterial> BringAsync(ServiceCase service, EntryText item, BroughtMaterial brought, CancellationToken cancel = default)
    {
        CaseMaterial row = await db.Set<CaseMaterial>().FirstOrDefaultAsync(one => one.ServiceCaseId == service.Id && one.Code == brought.Code, cancel)
            ?? throw new Refusal("service.material-unknown", 422, brought.Code ?? "", service.ItemName);
        if (row.State is not (MaterialState.Missing or MaterialState.Gap))
        {
            // Asked to be corrected, it is brought anew; otherwise what is in stays in.
            throw new Refusal("service.material-in", 422, row.Name);
        }

        string before = row.State;
        await BringAsync(service, row, item.Materials!.First(material => material.Code == row.Code), brought, cancel);
        db.Audit("service.bring", new Subject(ServiceCase.SubjectKind, service.Id), service.OrganisationId, await ids.NextAsync(cancel), $"{row.Code} {before}", $"{row.Code} {row.State}");
        return row;
    }

    /// <summary>Whether it is in and somebody must still look at it: at the source (A), at the window (B), at the original (C).</summary>
    public static bool IsUnchecked(CaseMaterial row) => row.CheckedOn is null && row.Grade != MaterialGrade.SelfMade && IsIn(row);

    /// <summary>One press of whoever handles the case: all that is in by now was checked.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>service.not-keeper</c>, <c>case.wrong-stage</c>, <c>service.nothing-to-check</c>
    /// </exception>
    public async Task CheckAsync(long id, CancellationToken cancel = default)
    {
        ServiceCase service = await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        await CaseSight.TakeAsync(db, service, cancel);
        string stage = await db.Set<Case>().Where(row => row.Id == service.CaseId).Select(row => row.Stage).SingleAsync(cancel);
        if (!Stages.Contains(stage))
        {
            // What was never looked at before the decision is not made reusable afterwards.
            throw new Refusal("case.wrong-stage", 422, stage, "check");
        }

        CaseMaterial[] rows = [.. (await OfAsync(id, cancel)).Where(row => row.CheckedOn is null && IsIn(row))];
        if (rows.Length == 0)
        {
            throw new Refusal("service.nothing-to-check");
        }

        foreach (CaseMaterial row in rows)
        {
            (row.CheckedBy, row.CheckedOn) = (db.Actor.UserId, clock.Today());
        }

        db.Audit("service.check", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, await ids.NextAsync(cancel), null, string.Join(' ', rows.Select(row => row.Code)));
    }

    public Task<List<CaseMaterial>> OfAsync(long service, CancellationToken cancel = default) =>
        db.Set<CaseMaterial>().Where(row => row.ServiceCaseId == service).OrderBy(row => row.Id).ToListAsync(cancel);

    /// <summary>Of each code the newest file that the enterprise submitted, that somebody checked and that is still valid.</summary>
    public async Task<IReadOnlyDictionary<string, CaseMaterial>> KeptAsync(long enterprise, IReadOnlyCollection<string> codes, CancellationToken cancel = default)
    {
        DateOnly today = clock.Today();
        return (await db.Set<CaseMaterial>().AsNoTracking().Where(row => row.OrganisationId == enterprise && codes.Contains(row.Code) && row.EvidenceId != null && row.CheckedOn != null
                && (row.State == MaterialState.Brought || row.State == MaterialState.Reused) && (row.ValidUntil == null || row.ValidUntil >= today)).ToListAsync(cancel))
            .GroupBy(row => row.Code).ToDictionary(code => code.Key, code => code.MaxBy(row => row.Id)!);
    }

    /// <summary>Whoever broke a pledge brings proof.</summary>
    public Task<bool> IsBarredAsync(long enterprise, CancellationToken cancel = default) =>
        db.Set<CaseMaterial>().AnyAsync(row => row.OrganisationId == enterprise && row.PledgeKept == false, cancel);

    private static bool IsIn(CaseMaterial row) => row.State is MaterialState.Brought or MaterialState.Reused or MaterialState.Fetched;

    private async Task BringAsync(ServiceCase service, CaseMaterial row, MaterialText material, BroughtMaterial brought, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        if (brought.Pledge)
        {
            if (!material.Pledge)
            {
                throw new Refusal("service.pledge-not-offered", 422, material.Name!);
            }

            if (await IsBarredAsync(service.OrganisationId, cancel))
            {
                throw new Refusal("service.pledge-barred", 422, material.Name!);
            }

            (row.State, row.BroughtOn, row.PledgedText) = (MaterialState.Pledged, today, words.Say("cases.pledge-words", material.Name!));
            return;
        }

        if (brought.Evidence is not { } file || !(db.Set<EvidenceFile>().Local.Any(one => one.Id == file && one.OrganisationId == service.OrganisationId)
            || await db.Set<EvidenceFile>().AnyAsync(one => one.Id == file && one.OrganisationId == service.OrganisationId, cancel)))
        {
            throw new Refusal("service.evidence", 422, material.Name!);
        }

        (row.State, row.EvidenceId, row.BroughtOn, row.CheckedBy, row.CheckedOn) = (MaterialState.Brought, file, today, null, null);
        row.ValidUntil = material.ValidMonths is { } months ? today.AddMonths(months) : null;
    }
}
