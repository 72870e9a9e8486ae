using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Services.Cases;

/// <summary>Opinions of several departments side by side (并联办理). Written by the next save.</summary>
internal sealed class OpinionBook(PlatformDb db, CaseDesk desk, IServiceScopeFactory scopes, Words words, Ids ids, TimeProvider clock)
{
    /// <summary>Asks every department that the item names, whether or not the clerk sees it. One that is closed by now stands there with that said in its place.</summary>
    public async Task AskAsync(ServiceCase service, EntryText item, DateOnly today, CancellationToken cancel = default)
    {
        string[] codes = [.. (item.Parallel ?? []).Select(unit => unit.Code ?? "")];
        List<Organisation> units = codes.Length == 0
            ? []
            : await scopes.AsPlatformAsync(services => services.GetRequiredService<PlatformDb>().Set<Organisation>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancel));
        foreach (Organisation unit in units.Where(unit => unit.Id != service.DepartmentId))
        {
            bool closed = unit.ClosedOn is { } day && day <= today;
            db.Add(new CaseOpinion
            {
                ServiceCaseId = service.Id,
                DepartmentId = unit.Id,
                OrganisationId = service.OrganisationId,
                DepartmentName = unit.Name,
                AskedOn = today,
                GivenOn = closed ? today : null,
                Text = closed ? words.Say("cases.opinion-closed") : "",
                Version = await ids.NextAsync(cancel),
            });
        }
    }

    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>service.opinion-given</c>, <c>service.opinion-text</c>, <c>case.wrong-stage</c></exception>
    public async Task GiveAsync(long id, bool? agrees, string? text, CancellationToken cancel = default)
    {
        ServiceCase service = await (await CaseSight.SeenAsync(db, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        long[] own = [.. db.Actor.Grants.Where(grant => grant.Role is CasesModule.Examiner or CasesModule.Head).Select(grant => grant.OrganisationId)];
        CaseOpinion opinion = await db.Set<CaseOpinion>().FirstOrDefaultAsync(row => row.ServiceCaseId == id && own.Contains(row.DepartmentId), cancel) ?? throw Refusal.Role();
        if (opinion.GivenOn is { } given)
        {
            throw new Refusal("service.opinion-given", 422, opinion.DepartmentName, given);
        }

        CaseView file = await desk.ReadAsync(service.CaseId, cancel);
        if (file.Stage is not (CaseProcedure.Accepted or CaseProcedure.Special))
        {
            throw new Refusal("case.wrong-stage", 422, file.Stage, "opinion");
        }

        if (agrees is null || string.IsNullOrWhiteSpace(text) || text.Length > ServiceCase.LongestText)
        {
            throw new Refusal("service.opinion-text", 422, ServiceCase.LongestText);
        }

        (opinion.GivenOn, opinion.Agrees, opinion.Text, opinion.GivenBy, opinion.Version) = (clock.Today(), agrees, text.Trim(), db.Actor.UserId, await ids.NextAsync(cancel));
        db.Audit("service.opinion", new Subject(ServiceCase.SubjectKind, id), service.OrganisationId, opinion.Version, null, $"{opinion.DepartmentName} {agrees}");
    }
}
