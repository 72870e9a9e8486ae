using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>Looks later whether a pledge was kept (告知承诺). A broken one lets the decision be revoked, and its enterprise pledges no more. Written by the next save.</summary>
internal sealed class PledgeBook(PlatformDb db, Ids ids, TimeProvider clock)
{
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>service.pledge-early</c>, <c>service.pledge-unknown</c>, <c>service.pledge-checked</c>, <c>service.pledge-text</c></exception>
    public async Task CheckAsync(long id, string? code, bool? kept, string? text, CancellationToken cancel = default)
    {
        ServiceCase service = await (await CaseSight.OwnAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        await CaseSight.RequireAsync(db, service, CasesModule.Examiner, cancel);
        if (service.Granted != true)
        {
            throw new Refusal("service.pledge-early");
        }

        CaseMaterial row = await db.Set<CaseMaterial>().FirstOrDefaultAsync(one => one.ServiceCaseId == id && one.Code == code && one.State == MaterialState.Pledged, cancel)
            ?? throw new Refusal("service.pledge-unknown", 422, code ?? "");
        if (row.PledgeKept is not null)
        {
            throw new Refusal("service.pledge-checked", 422, row.Name, row.PledgeCheckedOn!);
        }

        if (kept is null || string.IsNullOrWhiteSpace(text) || text.Length > ServiceCase.LongestText)
        {
            throw new Refusal("service.pledge-text", 422, ServiceCase.LongestText);
        }

        (row.PledgeKept, row.PledgeText, row.PledgeCheckedOn) = (kept, text.Trim(), clock.Today());
        db.Audit("service.pledge", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, await ids.NextAsync(cancel), row.Code, $"{kept}");
    }
}
