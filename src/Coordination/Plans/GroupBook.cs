using System.Text.RegularExpressions;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans;

/// <summary>A group with its member units in order.</summary>
internal sealed record GroupState(WorkingGroup Row, IReadOnlyList<GroupMember> Members);

/// <summary>Keeps the groups of a plan and its directory of liaison officers. Written by the next save.</summary>
internal sealed partial class GroupBook(PlatformDb db, Ids ids, PlanElements elements)
{
    public async Task<IReadOnlyList<GroupState>> ListAsync(long planId, CancellationToken cancel = default)
    {
        List<WorkingGroup> groups = await db.Set<WorkingGroup>().AsNoTracking().Where(row => row.PlanId == planId).OrderBy(row => row.Id).ToListAsync(cancel);
        ILookup<long, GroupMember> members = (await db.Set<GroupMember>().AsNoTracking()
            .Where(row => db.Set<WorkingGroup>().Any(one => one.Id == row.GroupId && one.PlanId == planId))
            .OrderBy(row => row.Place).ToListAsync(cancel)).ToLookup(row => row.GroupId);
        return [.. groups.Select(row => new GroupState(row, [.. members[row.Id]]))];
    }

    /// <summary>The liaison officers by unit.</summary>
    public Task<Dictionary<long, UnitContact>> ContactsAsync(long planId, CancellationToken cancel = default) =>
        db.Set<UnitContact>().AsNoTracking().Where(row => row.PlanId == planId).ToDictionaryAsync(row => row.UnitId, cancel);

    /// <summary>Adds a group or rewrites one with all its members; the office does.</summary>
    /// <param name="seen">The version read; 0 for a new one.</param>
    /// <exception cref="Refusal"><c>plan.group</c>, <c>plan.unit</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task<WorkingGroup> SetAsync(Plan plan, GroupText text, long seen, CancellationToken cancel = default)
    {
        await elements.RequireOfficeAsync(plan.CityId, cancel);
        Dictionary<string, Organisation> units = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(row => row.Code, cancel);
        WorkingGroup? known = await db.Set<WorkingGroup>().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.Code == text.Code, cancel);
        if ((known?.Version ?? 0) != seen)
        {
            throw Refusal.Stale();
        }

        WorkingGroup group = await WriteAsync(plan, known, text, units, cancel);
        db.Audit("plan.group", new Subject("plan-group", group.Id), plan.CityId, group.Version, null, $"{group.Code} {group.Name}");
        return group;
    }

    /// <summary>Adds a group to a plan that is being founded.</summary>
    /// <exception cref="Refusal"><c>plan.group</c>, <c>plan.unit</c></exception>
    public Task<WorkingGroup> AddAsync(Plan plan, GroupText text, Dictionary<string, Organisation> units, CancellationToken cancel) =>
        WriteAsync(plan, null, text, units, cancel);

    /// <summary>Names the liaison officer of a unit in a plan that is being founded.</summary>
    /// <exception cref="Refusal"><c>plan.contact</c>, <c>plan.unit</c></exception>
    public async Task<UnitContact> AddAsync(Plan plan, ContactText text, Dictionary<string, Organisation> units, CancellationToken cancel)
    {
        Organisation unit = elements.Unit(units, text.Unit);
        Check(text);
        long id = await ids.NextAsync(cancel);
        var made = new UnitContact
        {
            Id = id,
            PlanId = plan.Id,
            UnitId = unit.Id,
            UnitName = unit.Name,
            Person = text.Person!.Trim(),
            Phone = text.Phone?.Trim() ?? "",
            Version = id,
        };
        db.Add(made);
        return made;
    }

    /// <summary>Names the liaison officer of a unit: the unit's own, or the office.</summary>
    /// <param name="seen">The version read; 0 when none was named.</param>
    /// <exception cref="Refusal"><c>plan.contact</c>, <c>request.not-found</c>, <c>request.stale</c>, <c>access.role</c></exception>
    public async Task<UnitContact> SetContactAsync(Plan plan, ContactText text, long seen, CancellationToken cancel = default)
    {
        Organisation? unit = await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == text.Unit, cancel);
        if (unit is null || !db.Actor.Sees(unit.Path))
        {
            throw Refusal.NotFound();
        }

        if (!MayName(unit.Path))
        {
            throw Refusal.Role();
        }

        Check(text);
        UnitContact? known = await db.Set<UnitContact>().FirstOrDefaultAsync(row => row.PlanId == plan.Id && row.UnitId == unit.Id, cancel);
        if ((known?.Version ?? 0) != seen)
        {
            throw Refusal.Stale();
        }

        string? before = known is null ? null : $"{known.Person} {known.Phone}";
        known ??= await AddAsync(plan, text, new Dictionary<string, Organisation> { [unit.Code] = unit }, cancel);
        known.UnitName = unit.Name;
        known.Person = text.Person!.Trim();
        known.Phone = text.Phone?.Trim() ?? "";
        known.Version = await ids.NextAsync(cancel);
        db.Audit("plan.contact", new Subject("plan-contact", known.Id), unit.Id, known.Version, before, $"{known.Person} {known.Phone}");
        return known;
    }

    /// <summary>True when the actor may name the liaison officer of the unit at <paramref name="path"/>.</summary>
    public bool MayName(string path) =>
        db.Actor.May(PlansModule.Liaison, Seat.Own, path) is not null || db.Actor.May(PlansModule.Office, Seat.At, path) is not null;

    private async Task<WorkingGroup> WriteAsync(
        Plan plan, WorkingGroup? known, GroupText text, Dictionary<string, Organisation> units, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text.Code) || text.Code.Contains('/', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text.Name)
            || !WorkingGroup.Kinds.Contains(text.Kind) || !IsPhone(text.Phone) || text.Person?.Length > LongestName)
        {
            throw new Refusal("plan.group", 422, text.Code ?? "");
        }

        Organisation host = elements.Unit(units, text.Host);
        WorkingGroup group = known ?? new WorkingGroup { Id = await ids.NextAsync(cancel), PlanId = plan.Id, Code = text.Code };
        group.Kind = text.Kind!;
        group.Name = text.Name.Trim();
        group.HostId = host.Id;
        group.HostName = host.Name;
        group.Person = text.Person?.Trim() ?? "";
        group.Phone = text.Phone?.Trim() ?? "";
        group.Version = await ids.NextAsync(cancel);
        if (known is null)
        {
            db.Add(group);
        }

        Dictionary<long, GroupMember> members = await db.Set<GroupMember>().Where(row => row.GroupId == group.Id).ToDictionaryAsync(row => row.UnitId, cancel);
        int place = 0;
        foreach (Organisation unit in (text.Members ?? []).Distinct().Select(code => elements.Unit(units, code)))
        {
            if (!members.Remove(unit.Id, out GroupMember? member))
            {
                member = new GroupMember { GroupId = group.Id, UnitId = unit.Id };
                db.Add(member);
            }

            member.UnitName = unit.Name;
            member.Place = ++place;
        }

        db.RemoveRange(members.Values);
        return group;
    }

    private const int LongestName = 40;

    private static void Check(ContactText text)
    {
        if (string.IsNullOrWhiteSpace(text.Person) || text.Person.Length > LongestName || !IsPhone(text.Phone))
        {
            throw new Refusal("plan.contact");
        }
    }

    /// <summary>True for an office line or an empty cell.</summary>
    public static bool IsPhone(string? phone) => string.IsNullOrWhiteSpace(phone) || Phone().IsMatch(phone.Trim());

    [GeneratedRegex("^[0-9+() -]{5,30}$")]
    private static partial Regex Phone();
}
