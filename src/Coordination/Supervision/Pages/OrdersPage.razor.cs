using System.Globalization;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Supervision.Pages;

/// <summary>The orders of a unit, or of the city for those who press for them.</summary>
public sealed partial class OrdersPage
{
    private static readonly OrderState[] s_shown = [OrderState.Overdue, OrderState.Escalated, OrderState.Behind, OrderState.Near, OrderState.Ok];

    private static readonly string[] s_stages = [.. SupervisionProcedure.Table.Stages.Where(stage => stage != SupervisionProcedure.Registered)];

    [SupplyParameterFromQuery] private string? Stage { get; set; }
    [SupplyParameterFromQuery] private long? Before { get; set; }
    [SupplyParameterFromForm] private string[]? Chosen { get; set; }
    [SupplyParameterFromForm] private string? Go { get; set; }
    [SupplyParameterFromForm] private string? Title { get; set; }
    [SupplyParameterFromForm] private string? Demand { get; set; }
    [SupplyParameterFromForm] private string? Source { get; set; }
    [SupplyParameterFromForm] private string? Basis { get; set; }
    [SupplyParameterFromForm] private string? Lead { get; set; }
    [SupplyParameterFromForm] private string[]? Supports { get; set; }
    [SupplyParameterFromForm] private int? Workdays { get; set; }
    [SupplyParameterFromForm] private string? PaletteCode { get; set; }

    [SupplyParameterFromQuery(Name = "title")] private string? KnownTitle { get; set; }
    [SupplyParameterFromQuery(Name = "source")] private string? KnownSource { get; set; }
    [SupplyParameterFromQuery(Name = "basis")] private string? KnownBasis { get; set; }
    [SupplyParameterFromQuery(Name = "lead")] private string? KnownLead { get; set; }

    private IReadOnlyList<OrderView> _rows = [];
    private IReadOnlyList<OrderView> _open = [];
    private IReadOnlyList<Organisation> _units = [];
    private List<RefusedItem> _stayed = [];
    private Palette _palette = Palette.Three;
    private OrderView? _next;
    private bool _supervises;
    private string? _batch;
    private int _moved;

    protected override async Task ReadAsync()
    {
        _supervises = Current.Actor.Is(SupervisionModule.Supervisor);
        _batch = _supervises ? SupervisionProcedure.Urge : Current.Actor.Is(SupervisionModule.Liaison) ? SupervisionProcedure.SignFor : null;
        string? stage = Stage is { } named && s_stages.Contains(named) ? named : null;
        _rows = await Reading.PageAsync(new OrderFilter(stage, null, stage is null, Before));
        _palette = await Reading.PaletteAsync();
        _open = await Reading.OpenAsync();
        _next = _open.Where(IsMine).OrderBy(row => row.Stage == SupervisionProcedure.Issued ? row.SignDueOn : row.DueOn ?? DateOnly.MaxValue).FirstOrDefault();
        if (_supervises)
        {
            string[] kinds = [OrganisationKind.Department, OrganisationKind.District, OrganisationKind.Park];
            _units = await Db.Set<Organisation>().AsNoTracking().Where(row => kinds.Contains(row.Kind) && row.ClosedOn == null).OrderBy(row => row.Code).Take(300).ToListAsync();
        }
    }

    private async Task MoveAllAsync()
    {
        IReadOnlyList<OrderOutcome> outcomes = [];
        if (await TryAsync(async () =>
        {
            outcomes = await Desk.MoveAllAsync(Go, [.. (Chosen ?? []).Select(Seen).OfType<SeenOrder>()]);
            await Db.SaveChangesAsync();
        }))
        {
            _moved = outcomes.Count(one => one.Code is null);
            _stayed = [.. outcomes.Where(one => one.Code is not null).Select(one => new RefusedItem(one.Message!, OrderAddress.Of(one.Id)))];
            Db.ChangeTracker.Clear();
            await ReadAsync();
        }
    }

    private Task IssueAsync() => TryAsync(
        async () =>
        {
            await Desk.IssueAsync(new OrderRequest(Title, Demand, Source, Basis, Lead, Supports, null, Workdays));
            await Db.SaveChangesAsync();
        },
        OrderAddress.List, "order-issued");

    private Task ChooseAsync() => TryAsync(
        async () =>
        {
            long[] cities = [.. Current.Actor.Grants.Where(grant => grant.Role == SupervisionModule.Supervisor).SelectMany(grant => Organisation.Chain(grant.Path)).Distinct()];
            string? city = await Db.Set<Organisation>().Where(row => cities.Contains(row.Id) && row.Kind == OrganisationKind.City).Select(row => row.Code).FirstOrDefaultAsync();
            await Palettes.ChooseAsync(city ?? "", PaletteCode);
            await Db.SaveChangesAsync();
        },
        OrderAddress.List, "palette-chosen");

    private bool CanBatch(OrderView row) => _batch == SupervisionProcedure.SignFor ? row.Stage == SupervisionProcedure.Issued && IsMine(row)
        : row.Stage is SupervisionProcedure.Issued or SupervisionProcedure.Handling;

    private bool IsMine(OrderView row) => _supervises
        ? row.Stage is SupervisionProcedure.Finished or SupervisionProcedure.ExtensionAsked or SupervisionProcedure.Returned
        : row.Stage is SupervisionProcedure.Issued or SupervisionProcedure.Handling
            && Current.Actor.Grants.Any(grant => grant.Role == SupervisionModule.Liaison && grant.OrganisationId == row.Order.OrganisationId);

    private static Tone ToneOf(string stage) => stage switch
    {
        SupervisionProcedure.Closed => Tone.Green,
        SupervisionProcedure.Revoked => Tone.Grey,
        SupervisionProcedure.Issued or SupervisionProcedure.Returned or SupervisionProcedure.ExtensionAsked => Tone.Amber,
        _ => Tone.Accent,
    };

    private static SeenOrder? Seen(string key) =>
        key.Split(':') is [var id, var version] && long.TryParse(id, CultureInfo.InvariantCulture, out long order) && long.TryParse(version, CultureInfo.InvariantCulture, out long seen)
            ? new SeenOrder(order, seen)
            : null;
}
