using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans.Pages;

public partial class PlanGroups
{
    [SupplyParameterFromQuery(Name = "group")] private string? GroupCode { get; set; }
    [SupplyParameterFromQuery(Name = "unit")] private string? UnitCode { get; set; }
    [SupplyParameterFromQuery] private string? Edit { get; set; }
    [SupplyParameterFromForm(FormName = "contact")] private ContactForm? Named { get; set; }

    private Plan? _plan;
    private IReadOnlyList<GroupState> _groups = [];
    private List<UnitLine> _units = [];
    private UnitLine? _chosen;
    private GroupState? _edited;
    private bool _office;

    /// <summary>Asks for the form of a group that does not exist yet; no code has a slash.</summary>
    private const string New = "/";

    private sealed class ContactForm
    {
        public string? Person { get; set; }
        public string? Phone { get; set; }
        public long Version { get; set; }
    }

    private sealed record UnitLine(long Id, string Code, string Name, string Person, string Phone, long Version, string Groups, bool Mine, bool MayName);

    private IEnumerable<UnitLine> Shown => _groups.FirstOrDefault(one => one.Row.Code == GroupCode) is { } group
        ? _units.Where(one => group.Members.Any(member => member.UnitId == one.Id))
        : _units;

    protected override async Task ReadAsync()
    {
        Plan? plan = await OpenAsync();
        if (plan is null)
        {
            return;
        }

        IReadOnlyList<GroupState> groups = await Book.ListAsync(plan.Id);
        Dictionary<long, UnitContact> contacts = await Book.ContactsAsync(plan.Id);
        Dictionary<long, Organisation> seen = await Db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Id);
        ILookup<long, string> names = groups.SelectMany(one => one.Members.Select(member => (member.UnitId, one.Row.Name))).ToLookup(pair => pair.UnitId, pair => pair.Name);
        _units =
        [
            .. groups.SelectMany(one => one.Members).Select(one => (Id: one.UnitId, Name: one.UnitName))
                .Concat(contacts.Values.Select(one => (Id: one.UnitId, Name: one.UnitName))).DistinctBy(one => one.Id)
                .Select(one =>
                {
                    UnitContact? contact = contacts.GetValueOrDefault(one.Id);
                    Organisation? unit = seen.GetValueOrDefault(one.Id);
                    return new UnitLine(one.Id, unit?.Code ?? "", one.Name, contact?.Person ?? "", contact?.Phone ?? "", contact?.Version ?? 0,
                        string.Join('、', names[one.Id]), Current.Actor.Grants.Any(grant => grant.Role == PlansModule.Liaison && grant.OrganisationId == one.Id),
                        unit is not null && Book.MayName(unit.Path));
                }),
        ];
        _chosen = UnitCode is null ? null : _units.FirstOrDefault(one => one.Code == UnitCode && one.MayName);
        _office = Current.Actor.Is(PlansModule.Office);
        _edited = groups.FirstOrDefault(one => one.Row.Code == Edit);
        _groups = groups;
        _plan = plan;
    }

    private static string Members(GroupState? group) => string.Join(PlanWorkbook.Comma, group?.Members.Select(one => one.UnitName) ?? []);

    /// <summary>This page, with one form open.</summary>
    private string Here(string? form, string value = "") =>
        $"/plan/groups?plan={_plan?.Code}" + (string.IsNullOrEmpty(GroupCode) ? "" : $"&group={GroupCode}")
        + (form is null ? "" : $"&{form}={Uri.EscapeDataString(value)}#{(form == "unit" ? "chosen" : "edit")}");

    private Task SetAsync() => TryAsync(
        async () =>
        {
            Plan plan = _plan ?? throw Refusal.NotFound();
            var units = new UnitNames(await Export.UnitsAsync(plan));
            string[] members = (Posted("members") ?? "").Split([PlanWorkbook.Comma, ',', '，', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string Unit(string? cell) => units.CodeOf(cell?.Trim() ?? "") ?? throw new Refusal("plan.unit", 422, cell ?? "");
            await Book.SetAsync(plan,
                new GroupText(_edited?.Row.Code ?? Posted("code")?.Trim(), Posted("kind"), Posted("title"), Unit(Posted("host")), [.. members.Select(Unit)], Posted("person"), Posted("phone")),
                long.TryParse(Posted("version"), NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : 0);
            await Db.SaveChangesAsync();
        },
        Here(null), "group");

    private Task NameAsync() => TryAsync(
        async () =>
        {
            await Book.SetContactAsync(_plan ?? throw Refusal.NotFound(), new ContactText(_chosen?.Code, Named?.Person, Named?.Phone), Named?.Version ?? 0);
            await Db.SaveChangesAsync();
        },
        Here(null), "contact");
}
