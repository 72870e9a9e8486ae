using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Cases;

/// <summary>An application as it is filed.</summary>
/// <param name="Organisation">Code of the enterprise.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="ReceivedOn">The day of the receipt; it is always today.</param>
/// <param name="Window">Code of the window at which it is taken in.</param>
internal sealed record CaseRequest(string? Organisation, string? Item, IReadOnlyList<BroughtMaterial>? Materials, DateOnly? ReceivedOn = null, string? Window = null);

/// <summary>Files an application: a dated receipt at once, either way (Administrative Licensing Law, art. 32). Written by the next save.</summary>
internal sealed class FileCase(
    PlatformDb db, OrganisationTree tree, CaseDesk desk, CaseClocks clocks, ListReading lists, MaterialBook materials, Ids ids, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>service.enterprise</c>, <c>service.receipt-day</c>, <c>service.item-unknown</c>, <c>service.item-paused</c>,
    /// <c>service.item-cancelled</c>, <c>service.window-unknown</c>, and those of <see cref="MaterialBook.OpenAsync"/>
    /// </exception>
    public async Task<(ServiceCase Service, CaseView Case)> FileAsync(CaseRequest asked, CancellationToken cancel = default)
    {
        Organisation enterprise = await tree.FindAsync(asked.Organisation, cancel);
        bool online = db.Actor.May(CasesModule.Applicant, Seat.Own, enterprise.Path) is not null;
        if (!online && db.Actor.May(CasesModule.Clerk, Seat.Above, enterprise.Path) is null)
        {
            throw Refusal.Role();
        }

        if (enterprise.Kind != OrganisationKind.Enterprise || enterprise.ClosedOn is not null)
        {
            throw new Refusal("service.enterprise", 422, enterprise.Name);
        }

        DateOnly today = clock.Today();
        if (asked.ReceivedOn is { } day && day != today)
        {
            throw new Refusal("service.receipt-day", 422, day, today);
        }

        EntryView item = await ItemAsync(asked.Item, enterprise.Path, cancel);
        HallWindow? window = online ? null : await WindowAsync(asked.Window, cancel);
        var service = new ServiceCase
        {
            Id = await ids.NextAsync(cancel),
            OrganisationId = enterprise.Id,
            EntryId = item.Line.EntryId,
            VersionId = item.Line.VersionId,
            ItemCode = item.Line.Code,
            ItemName = item.Line.Name,
            Licence = item.Line.Kind == ItemKind.Licence,
            DepartmentId = item.Line.DepartmentId,
            DepartmentName = item.Line.Department,
            EnterpriseName = enterprise.Name,
            Channel = online ? CaseChannel.Online : CaseChannel.Window,
            WindowId = window?.Id,
            WindowName = window?.Name ?? "",
            FiledBy = db.Actor.UserId,
            ReceivedOn = today,
            MaterialsOn = today,
            FirstContact = online ? null : db.Actor.UserId,
            Keeper = online ? null : db.Actor.UserId,
        };
        if (!online)
        {
            await CaseSight.RequireAsync(db, service, CasesModule.Clerk, cancel);
        }

        await materials.OpenAsync(service, item.Text, asked.Materials ?? [], cancel);
        CaseView applied = await desk.OpenAsync(CaseProcedure.Table, new Subject(ServiceCase.SubjectKind, service.Id), enterprise.Id, enterprise.Path, $"{NumberOf(service)} {item.Line.Name}", cancel);
        service.CaseId = applied.Id;
        CaseView received = await desk.MoveAsync(applied, applied.Version, online ? CaseProcedure.File : CaseProcedure.TakeIn, null, cancel);
        db.Add(service);
        await clocks.ReceiveAsync(service, received, cancel);
        return (service, received);
    }

    /// <summary>办〔2026〕10412号. The id numbers it: an enterprise sees only its own cases and could not count on.</summary>
    public static string NumberOf(ServiceCase service) => string.Create(CultureInfo.InvariantCulture, $"办〔{service.ReceivedOn.Year}〕{service.Id}号");

    private async Task<EntryView> ItemAsync(string? code, string path, CancellationToken cancel)
    {
        EntryView item;
        try
        {
            item = await lists.FindAsync(code, null, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            throw new Refusal("service.item-unknown", 422, code ?? "");
        }

        return item.Line switch
        {
            { List: not ListName.Service } => throw new Refusal("service.item-unknown", 422, code ?? ""),
            _ when !Organisation.Chain(path).Contains(item.Line.CityId) => throw new Refusal("service.item-unknown", 422, code ?? ""),
            { State: EntryState.Paused } => throw new Refusal("service.item-paused", 422, item.Line.Name, item.Line.From),
            { State: EntryState.Cancelled } => throw new Refusal("service.item-cancelled", 422, item.Line.Name, item.Line.From),
            _ => item,
        };
    }

    private async Task<HallWindow?> WindowAsync(string? code, CancellationToken cancel) => string.IsNullOrEmpty(code)
        ? null
        : (await db.Set<HallWindow>().AsNoTracking().Where(row => row.Code == code && row.ClosedOn == null).ToListAsync(cancel))
            .Find(row => db.Actor.Grants.Any(grant => grant.Role == CasesModule.Clerk && grant.OrganisationId == row.HallId)) ?? throw new Refusal("service.window-unknown", 422, code);
}
