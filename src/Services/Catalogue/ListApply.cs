using System.Text.Json;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Services.Catalogue;

/// <summary>Makes the new versions of a decided change. Written by the next save.</summary>
internal sealed class ListApply(PlatformDb db, Ids ids)
{
    /// <param name="departmentPath">Path of the department that proposed it.</param>
    /// <exception cref="Refusal"><c>list.day</c>, <c>list.code-taken</c>, <c>list.state</c></exception>
    public async Task ApplyAsync(ListChange change, string departmentPath, DateOnly day, CancellationToken cancel = default)
    {
        EntryText[] texts = JsonSerializer.Deserialize<EntryText[]>(change.Texts, Json.Options)!;
        string[] codes = change.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long city = await CityOfAsync(departmentPath, cancel);
        bool makes = change.Kind is ChangeKind.Add or ChangeKind.Split or ChangeKind.Merge;
        if (change.Kind != ChangeKind.Add)
        {
            foreach (string code in codes)
            {
                await NextAsync(city, code, change, makes ? null : texts.FirstOrDefault(), day, cancel);
            }
        }

        if (!makes)
        {
            return;
        }

        if (await FirstTakenAsync(departmentPath, [.. texts.Select(text => text.Code!)], cancel) is { } taken)
        {
            throw new Refusal("list.code-taken", 422, taken);
        }

        string department = await db.Set<Organisation>().Where(row => row.Id == change.OrganisationId).Select(row => row.Name).FirstAsync(cancel);
        foreach (EntryText text in texts)
        {
            var entry = new ListEntry
            {
                Id = await ids.NextAsync(cancel),
                Code = text.Code!,
                CityId = city,
                List = text.List!,
                DepartmentId = change.OrganisationId,
                DepartmentName = department,
                CameFrom = change.Kind == ChangeKind.Add ? "" : string.Join(' ', codes),
            };
            db.Add(entry);
            await AddAsync(entry.Id, 1, EntryState.InForce, text, change, day, cancel);
        }
    }

    /// <summary>The texts with the names of the units that they name by code.</summary>
    /// <exception cref="Refusal"><c>list.unit</c></exception>
    public async Task<EntryText[]> NamedAsync(EntryText[] texts, CancellationToken cancel = default)
    {
        string[] codes = [.. texts.SelectMany(text => (text.Parallel ?? []).Append(text.District)).OfType<UnitText>().Select(unit => unit.Code ?? "").Distinct()];
        Dictionary<string, string> names = await db.Set<Organisation>().Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.Name, cancel);
        return
        [
            .. texts.Select(text => text with
            {
                Parallel = text.Parallel is null ? null : [.. text.Parallel.Select(unit => Named(unit, names))],
                District = text.District is null ? null : Named(text.District, names),
            }),
        ];
    }

    private static UnitText Named(UnitText unit, Dictionary<string, string> names) =>
        names.TryGetValue(unit.Code ?? "", out string? name) ? unit with { Name = name } : throw new Refusal("list.unit", 422, unit.Code ?? "");

    /// <summary>The first of the codes that an entry of the city already has.</summary>
    public async Task<string?> FirstTakenAsync(string departmentPath, IReadOnlyCollection<string> codes, CancellationToken cancel = default)
    {
        long city = await CityOfAsync(departmentPath, cancel);
        return await db.Set<ListEntry>().Where(row => row.CityId == city && codes.Contains(row.Code)).Select(row => row.Code).FirstOrDefaultAsync(cancel);
    }

    private async Task NextAsync(long city, string code, ListChange change, EntryText? text, DateOnly day, CancellationToken cancel)
    {
        ListVersion last = await (
            from version in db.Set<ListVersion>()
            join entry in db.Set<ListEntry>() on version.EntryId equals entry.Id
            where entry.CityId == city && entry.Code == code && entry.DepartmentId == change.OrganisationId
            orderby version.Version descending
            select version).FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound();
        if (day < last.InForceFrom)
        {
            throw new Refusal("list.day", 422, last.InForceFrom);
        }

        if (last.State == EntryState.Cancelled)
        {
            // A cancellation that lies ahead is decided already; nothing later takes it back.
            throw new Refusal("list.state", 422, code, $"entry-{last.State}");
        }

        string state = change.Kind switch
        {
            ChangeKind.Pause => EntryState.Paused,
            ChangeKind.Cancel or ChangeKind.Split or ChangeKind.Merge => EntryState.Cancelled,
            ChangeKind.Alter => last.State,
            _ => EntryState.InForce,
        };
        await AddAsync(last.EntryId, last.Version + 1, state, text ?? ListReading.Text(last.Definition), change, day, cancel);
    }

    private async Task AddAsync(long entry, int version, string state, EntryText text, ListChange change, DateOnly day, CancellationToken cancel) => db.Add(new ListVersion
    {
        Id = await ids.NextAsync(cancel),
        EntryId = entry,
        Version = version,
        State = state,
        InForceFrom = day,
        Change = change.Kind,
        Reason = change.Reason,
        Name = text.Name!,
        Kind = text.Kind ?? "",
        StatutoryDays = text.StatutoryDays,
        PromisedDays = text.PromisedDays,
        Definition = JsonSerializer.Serialize(text, Json.Options),
    });

    private async Task<long> CityOfAsync(string path, CancellationToken cancel)
    {
        long[] above = [.. Organisation.Chain(path)];
        return await db.Set<Organisation>().Where(row => above.Contains(row.Id) && row.Kind == OrganisationKind.City).Select(row => row.Id).FirstOrDefaultAsync(cancel) is > 0 and var city
            ? city
            : throw Refusal.Role();
    }
}
