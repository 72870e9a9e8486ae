using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Indicators;

/// <summary>Keeps the list of indicators and each version's text. Written by the next save.</summary>
public sealed class IndicatorBook(PlatformDb db, Ids ids, OrganisationTree tree, TimeProvider clock)
{
    public async Task<Indicator> FindAsync(string? code, CancellationToken cancel = default) =>
        await db.Set<Indicator>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();

    /// <summary>A stated decimal in the indicator's unit as whole smallest units.</summary>
    /// <exception cref="Refusal"><c>value.too-many-decimals</c>, <c>value.out-of-range</c></exception>
    public static long ToUnits(Indicator indicator, decimal value) =>
        Quantity.TryToUnits(value, indicator.Decimals, out long units, out string? code)
            ? units
            : throw new Refusal(code!, 422, indicator.Name, value, indicator.Decimals);

    /// <exception cref="Refusal"><c>indicator.code</c>, <c>indicator.code-taken</c>, <c>indicator.definition</c> with the member that is wrong</exception>
    public async Task<Indicator> AddAsync(IndicatorText body, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(body.Code) || body.Code.Length > 64 || body.Code.Contains('/', StringComparison.Ordinal))
        {
            throw new Refusal("indicator.code");
        }

        if (await db.Set<Indicator>().AnyAsync(row => row.Code == body.Code, cancel))
        {
            throw new Refusal("indicator.code-taken", 422, body.Code);
        }

        var indicator = new Indicator { Id = await ids.NextAsync(cancel), Code = body.Code, Version = 1 };
        await DefineAsync(indicator, body, cancel);
        db.Add(indicator);
        Keep(indicator, body.Reason ?? "");
        db.Audit("indicator.create", new Subject("indicator", indicator.Id), 0, indicator.Id, null, indicator.Code);
        return indicator;
    }

    /// <summary>Makes a new version. What existing values rest on (unit, decimals, aggregation) stays as it is.</summary>
    /// <exception cref="Refusal"><c>request.stale</c>, <c>indicator.reason</c>, <c>indicator.in-use</c></exception>
    internal async Task<Indicator> ChangeAsync(string code, IndicatorText body, CancellationToken cancel = default)
    {
        Indicator indicator = await db.Set<Indicator>().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();
        if (body.Version != indicator.Version)
        {
            throw Refusal.Stale();
        }

        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            throw new Refusal("indicator.reason");
        }

        (string unit, int decimals, string aggregation, PeriodKind frequency) =
            (indicator.Unit, indicator.Decimals, indicator.Aggregation, indicator.Frequency);
        string before = Definition(indicator);
        await DefineAsync(indicator, body, cancel);
        if ((unit, decimals, aggregation, frequency) != (indicator.Unit, indicator.Decimals, indicator.Aggregation, indicator.Frequency)
            && await db.HasValuesAsync(indicator.Id, cancel))
        {
            throw new Refusal("indicator.in-use", 422, indicator.Code);
        }

        indicator.Version++;
        Keep(indicator, body.Reason);
        db.Audit("indicator.change", new Subject("indicator", indicator.Id), 0, await ids.NextAsync(cancel), before, Definition(indicator));
        return indicator;
    }

    /// <summary>The contract's word for a frequency.</summary>
    public static string FrequencyWord(PeriodKind kind) => kind switch
    {
        PeriodKind.Year => "year",
        PeriodKind.Half => "half",
        PeriodKind.Quarter => "quarter",
        PeriodKind.Month => "month",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static PeriodKind? FrequencyOf(string? word) => word switch
    {
        "year" => PeriodKind.Year,
        "half" => PeriodKind.Half,
        "quarter" => PeriodKind.Quarter,
        "month" => PeriodKind.Month,
        _ => null,
    };

    private async Task DefineAsync(Indicator indicator, IndicatorText body, CancellationToken cancel)
    {
        indicator.Name = string.IsNullOrWhiteSpace(body.Name) ? throw Wrong("name") : body.Name.Trim();
        indicator.Unit = body.Unit ?? throw Wrong("unit");
        indicator.Decimals = body.Decimals is >= 0 and <= 6 ? body.Decimals : throw Wrong("decimals");
        indicator.Aggregation = Aggregation.All.Contains(body.Aggregation) ? body.Aggregation! : throw Wrong("aggregation");
        indicator.Direction = Direction.All.Contains(body.Direction) ? body.Direction! : throw Wrong("direction");
        indicator.Frequency = FrequencyOf(body.Frequency) ?? throw Wrong("frequency");
        indicator.Purpose = Purpose.All.Contains(body.Purpose) ? body.Purpose! : throw Wrong("purpose");
        indicator.Explanation = body.Explanation ?? "";
        indicator.Area = string.IsNullOrWhiteSpace(body.Area) ? null : body.Area.Trim();
        Organisation? owner = string.IsNullOrWhiteSpace(body.Owner) ? null : await tree.FindAsync(body.Owner.Trim(), cancel);
        indicator.OwnerId = owner?.Id;
        indicator.OwnerName = owner?.Name;
    }

    private static Refusal Wrong(string member) => new("indicator.definition", 422, member);

    private void Keep(Indicator indicator, string reason) => db.Add(new IndicatorVersion
    {
        IndicatorId = indicator.Id,
        Version = indicator.Version,
        Definition = Definition(indicator),
        Reason = reason,
        ValidFrom = clock.Instant(),
    });

    private static string Definition(Indicator indicator) => CanonicalJson.Text(new
    {
        indicator.Code,
        indicator.Name,
        indicator.Unit,
        indicator.Decimals,
        indicator.Aggregation,
        indicator.Direction,
        Frequency = FrequencyWord(indicator.Frequency),
        indicator.Purpose,
        indicator.Explanation,
        indicator.Area,
        Owner = indicator.OwnerName,
    });
}
