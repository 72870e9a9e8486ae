using System.Globalization;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Organisations;

/// <summary>The query that nearly every command begins with, compiled once for a database: a compiled query knows one engine only.</summary>
public sealed class OrganisationByCode
{
    internal Func<PlatformDb, string, CancellationToken, Task<Organisation?>> Find { get; } = EF.CompileAsyncQuery(
        (PlatformDb db, string code, CancellationToken _) => db.Set<Organisation>().AsNoTracking().FirstOrDefault(row => row.Code == code));
}

/// <summary>Grows and changes the one tree, and finds organisations by code within the actor's scope.</summary>
public sealed class OrganisationTree(PlatformDb db, OrganisationByCode byCode, Ids ids, TimeProvider clock)
{
    public const string RootCode = "platform";

    /// <summary>The organisation with that code, if the actor's scope holds it.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<Organisation> FindAsync(string? code, CancellationToken cancel = default)
    {
        Organisation? found = code is null ? null : await byCode.Find(db, code, cancel);
        return found is not null && db.Actor.Sees(found.Path) ? found : throw Refusal.NotFound();
    }

    /// <summary>Adds an organisation; written by the next save.</summary>
    /// <exception cref="Refusal">
    /// <c>organisation.code</c>, <c>organisation.code-taken</c>, <c>organisation.name</c>, <c>organisation.kind</c>, <c>organisation.parent</c>,
    /// <c>organisation.credit-code-taken</c>, and the reasons of <see cref="CreditCode.Check"/>.
    /// </exception>
    public async Task<Organisation> AddAsync(
        string? code, string? name, string? kind, string? parent, string? creditCode, string? creditCodeOverride, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > 64 || code.Contains('/', StringComparison.Ordinal))
        {
            throw new Refusal("organisation.code");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
        {
            throw new Refusal("organisation.name");
        }

        if (kind is null || !OrganisationKind.All.Contains(kind))
        {
            throw new Refusal("organisation.kind", 422, kind ?? "", string.Join(' ', OrganisationKind.All));
        }

        Organisation above = await db.Set<Organisation>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Code == (parent ?? RootCode), cancel) ?? throw new Refusal("organisation.parent", 422, parent ?? "");
        if (kind == OrganisationKind.City != (above.Kind == OrganisationKind.Platform))
        {
            throw new Refusal("organisation.parent", 422, parent ?? "");
        }

        if (await db.Set<Organisation>().AnyAsync(row => row.Code == code, cancel))
        {
            throw new Refusal("organisation.code-taken", 422, code);
        }

        await CheckCreditCodeAsync(creditCode, creditCodeOverride, cancel);
        long id = await ids.NextAsync(cancel);
        var made = new Organisation
        {
            Id = id,
            Code = code,
            Name = name.Trim(),
            Kind = kind,
            ParentId = above.Id,
            Path = string.Create(CultureInfo.InvariantCulture, $"{above.Path}{id}/"),
            CreditCode = creditCode,
            CreditCodeOverride = creditCodeOverride,
            Version = id,
        };
        db.Add(made);
        db.Audit("organisation.create", new Subject("organisation", id), id, id, null, $"{code} {name}");
        return made;
    }

    /// <summary>Renames, merges or splits an organisation from a day on; written by the next save.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>request.stale</c>, <c>succession.kind</c>, <c>succession.basis</c>, <c>succession.name</c>,
    /// <c>succession.successor</c>, <c>succession.closed</c>
    /// </exception>
    public async Task<Organisation> SucceedAsync(
        string code, string? kind, string? successor, string? name, DateOnly effectiveOn, string? basis, long version,
        CancellationToken cancel = default)
    {
        Organisation changed = await db.Set<Organisation>().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();
        if (!db.Actor.Sees(changed.Path))
        {
            throw Refusal.NotFound();
        }

        if (changed.Version != version)
        {
            throw Refusal.Stale();
        }

        if (changed.ClosedOn is { } closed)
        {
            throw new Refusal("succession.closed", 422, changed.Name, closed);
        }

        if (string.IsNullOrWhiteSpace(basis))
        {
            throw new Refusal("succession.basis");
        }

        string before = changed.Name;
        long id = await ids.NextAsync(cancel);
        var record = new Succession
        {
            Id = id,
            Kind = kind ?? "",
            OrganisationId = changed.Id,
            EffectiveOn = effectiveOn,
            Basis = basis,
            RecordedAt = clock.Instant(),
        };
        switch (kind)
        {
            case SuccessionKind.Renamed when !string.IsNullOrWhiteSpace(name):
                record.FormerName = changed.Name;
                changed.Name = name.Trim();
                break;
            case SuccessionKind.Renamed:
                throw new Refusal("succession.name");
            case SuccessionKind.Merged or SuccessionKind.Split:
                Organisation heir = await db.Set<Organisation>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == successor, cancel)
                    ?? throw new Refusal("succession.successor", 422, successor ?? "");
                if (heir.Id == changed.Id || heir.ClosedOn is not null)
                {
                    throw new Refusal("succession.successor", 422, successor ?? "");
                }

                record.SuccessorId = heir.Id;
                if (kind == SuccessionKind.Merged)
                {
                    changed.ClosedOn = effectiveOn;
                }

                break;
            default:
                throw new Refusal("succession.kind", 422, kind ?? "");
        }

        changed.Version = id;
        db.Add(record);
        db.Audit($"organisation.{kind}", new Subject("organisation", changed.Id), changed.Id, id, before, changed.Name);
        return changed;
    }

    /// <summary>The organisation and those that went over into it: whose values continue its series.</summary>
    public async Task<IReadOnlyList<long>> SeriesAsync(long organisationId, CancellationToken cancel = default)
    {
        var line = new List<long> { organisationId };
        for (int i = 0; i < line.Count; i++)
        {
            long successor = line[i];
            line.AddRange((await db.Set<Succession>().Where(row => row.SuccessorId == successor).Select(row => row.OrganisationId).ToListAsync(cancel))
                .Where(id => !line.Contains(id)));
        }

        return line;
    }

    private async Task CheckCreditCodeAsync(string? creditCode, string? creditCodeOverride, CancellationToken cancel)
    {
        if (creditCode is null)
        {
            return;
        }

        (bool valid, string? reason) = CreditCode.Check(creditCode);
        // A few really issued codes fail the check digit: a recorded reason admits them.
        if (!valid && (string.IsNullOrWhiteSpace(creditCodeOverride) || reason is CreditCode.WrongLength or CreditCode.WrongCharacter))
        {
            throw new Refusal(reason!, 422, creditCode);
        }

        if (await db.Set<Organisation>().AnyAsync(row => row.CreditCode == creditCode, cancel))
        {
            throw new Refusal("organisation.credit-code-taken", 422, creditCode);
        }
    }
}
