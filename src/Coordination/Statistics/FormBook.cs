using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A form as it is asked for; the contract's members and five of ours.</summary>
/// <param name="Signing">One of <see cref="FormSigning"/>; none when left out.</param>
/// <param name="ClosesAfterWorkdays">Working days after the due day; entry never closes when left out.</param>
/// <param name="Sensitivity">One of <see cref="SensitivityMark"/>; internal when left out.</param>
internal sealed record FormRequest(
    string? Code, string? Name, string? DocumentNumber, string? Authority, string? ApprovalNumber, DateOnly? ValidUntil, string? Frequency,
    IReadOnlyList<string>? Indicators, IReadOnlyList<string>? Reporters, int? DueWorkdays = null, IReadOnlyList<string>? Identities = null,
    string? Signing = null, int? ClosesAfterWorkdays = null, string? Sensitivity = null);

/// <summary>Makes forms. At most one form asks a unit for an indicator (decision 0010). Written by the next save.</summary>
internal sealed class FormBook(PlatformDb db, Ids ids, TimeProvider clock)
{
    private const int MostDueWorkdays = 250;

    /// <exception cref="Refusal">
    /// <c>form.code</c>, <c>form.code-taken</c>, <c>form.member-missing</c> with the member, <c>form.expired</c>, <c>form.frequency</c>,
    /// <c>form.due-workdays</c>, <c>form.signing</c>, <c>form.unknown-indicator</c>, <c>form.indicator-twice</c>, <c>form.frequency-mismatch</c>,
    /// <c>form.unknown-reporter</c>, <c>form.reporter-twice</c>, <c>form.identity</c>, <c>form.indicator-already-collected</c>, <c>form.total-typed</c>,
    /// <c>export.sensitivity</c>
    /// </exception>
    public async Task<Form> AddAsync(FormRequest asked, CancellationToken cancel = default)
    {
        Form form = await DescribeAsync(asked, cancel);
        List<Indicator> indicators = await IndicatorsAsync(asked, form, cancel);
        List<Organisation> reporters = await ReportersAsync(asked, cancel);
        RefuseTypedTotals(indicators, reporters);
        await RefuseSecondAskingAsync(indicators, reporters, cancel);
        form.Identities = string.Join('\n', (asked.Identities ?? []).Select(line => Identity(line, indicators)));
        form.Id = await ids.NextAsync(cancel);
        db.Add(form);
        db.AddRange(indicators.Select((indicator, index) => new FormIndicator { FormId = form.Id, IndicatorId = indicator.Id, Line = index + 1 }));
        db.AddRange(reporters.Select(reporter => new FormReporter { FormId = form.Id, OrganisationId = reporter.Id }));
        db.Audit("form.create", new Subject("form", form.Id), 0, form.Id, null,
            $"{form.Code}: {string.Join(' ', indicators.Select(row => row.Code))} @ {string.Join(' ', reporters.Select(row => row.Code))}");
        return form;
    }

    internal static string FrequencyWord(PeriodKind kind) => kind switch
    {
        PeriodKind.Year => "year",
        PeriodKind.Half => "half",
        PeriodKind.Quarter => "quarter",
        PeriodKind.Month => "month",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static PeriodKind? FrequencyOf(string? word) => word switch
    {
        "year" => PeriodKind.Year,
        "half" => PeriodKind.Half,
        "quarter" => PeriodKind.Quarter,
        "month" => PeriodKind.Month,
        _ => null,
    };

    private async Task<Form> DescribeAsync(FormRequest asked, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(asked.Code) || asked.Code.Length > 64 || asked.Code.Contains('/', StringComparison.Ordinal))
        {
            throw new Refusal("form.code");
        }

        if (await db.Set<Form>().AnyAsync(row => row.Code == asked.Code, cancel))
        {
            throw new Refusal("form.code-taken", 422, asked.Code);
        }

        DateOnly validUntil = asked.ValidUntil ?? throw new Refusal("form.member-missing", 422, "validUntil");
        if (validUntil < clock.Today())
        {
            throw new Refusal("form.expired", 422, asked.Name ?? asked.Code, validUntil);
        }

        if (asked.DueWorkdays is < 1 or > MostDueWorkdays || asked.ClosesAfterWorkdays is < 0 or > MostDueWorkdays)
        {
            throw new Refusal("form.due-workdays", 422, MostDueWorkdays);
        }

        if (asked.Signing is { } signing && !FormSigning.All.Contains(signing))
        {
            throw new Refusal("form.signing", 422, signing, string.Join(' ', FormSigning.All));
        }

        return new Form
        {
            Code = asked.Code,
            Name = Required(asked.Name, "name"),
            DocumentNumber = Required(asked.DocumentNumber, "documentNumber"),
            Authority = Required(asked.Authority, "authority"),
            ApprovalNumber = Required(asked.ApprovalNumber, "approvalNumber"),
            ValidUntil = validUntil,
            Frequency = FrequencyOf(asked.Frequency) ?? throw new Refusal("form.frequency", 422, asked.Frequency ?? ""),
            DueWorkdays = asked.DueWorkdays ?? Form.DefaultDueWorkdays,
            Signing = asked.Signing ?? FormSigning.None,
            ClosesAfterWorkdays = asked.ClosesAfterWorkdays,
            Sensitivity = SensitivityMark.Of(asked.Sensitivity),
        };
    }

    private async Task<List<Indicator>> IndicatorsAsync(FormRequest asked, Form form, CancellationToken cancel)
    {
        IReadOnlyList<string> codes = asked.Indicators is { Count: > 0 } some ? some : throw new Refusal("form.member-missing", 422, "indicators");
        Dictionary<string, Indicator> known = await db.Set<Indicator>().AsNoTracking().Where(row => codes.Contains(row.Code))
            .ToDictionaryAsync(row => row.Code, cancel);
        var found = new List<Indicator>();
        foreach (string code in codes)
        {
            Indicator indicator = known.GetValueOrDefault(code) ?? throw new Refusal("form.unknown-indicator", 422, code);
            if (found.Contains(indicator))
            {
                throw new Refusal("form.indicator-twice", 422, code);
            }

            if (indicator.Frequency != form.Frequency)
            {
                throw new Refusal("form.frequency-mismatch", 422, indicator.Name, FrequencyWord(indicator.Frequency), FrequencyWord(form.Frequency));
            }

            found.Add(indicator);
        }

        return found;
    }

    private async Task<List<Organisation>> ReportersAsync(FormRequest asked, CancellationToken cancel)
    {
        IReadOnlyList<string> codes = asked.Reporters is { Count: > 0 } some ? some : throw new Refusal("form.member-missing", 422, "reporters");
        Dictionary<string, Organisation> known = await db.Set<Organisation>().AsNoTracking()
            .Where(row => codes.Contains(row.Code) && row.Kind != OrganisationKind.Platform && row.ClosedOn == null)
            .ToDictionaryAsync(row => row.Code, cancel);
        var found = new List<Organisation>();
        foreach (string code in codes)
        {
            Organisation reporter = known.GetValueOrDefault(code) is { } row && db.Actor.Sees(row.Path)
                ? row
                : throw new Refusal("form.unknown-reporter", 422, code);
            if (found.Contains(reporter))
            {
                throw new Refusal("form.reporter-twice", 422, code);
            }

            found.Add(reporter);
        }

        return found;
    }

    /// <summary>A district's or city's sum and average are computed from those below it; a typed one would stand beside the computed.</summary>
    private static void RefuseTypedTotals(List<Indicator> indicators, List<Organisation> reporters)
    {
        foreach (Organisation reporter in reporters)
        {
            if (indicators.Find(indicator => ObservationReading.IsTotal(reporter, indicator)) is { } total)
            {
                throw new Refusal("form.total-typed", 422, reporter.Name, total.Name);
            }
        }
    }

    /// <summary>What is asked twice is answered twice, differently.</summary>
    private async Task RefuseSecondAskingAsync(List<Indicator> indicators, List<Organisation> reporters, CancellationToken cancel)
    {
        long[] asked = [.. indicators.Select(row => row.Id)];
        long[] units = [.. reporters.Select(row => row.Id)];
        DateOnly today = clock.Today();
        var twice = await (
            from line in db.Set<FormIndicator>()
            join reporter in db.Set<FormReporter>() on line.FormId equals reporter.FormId
            join form in db.Set<Form>() on line.FormId equals form.Id
            where asked.Contains(line.IndicatorId) && units.Contains(reporter.OrganisationId) && form.ValidUntil >= today
            select new { form.Name, line.IndicatorId, reporter.OrganisationId }).FirstOrDefaultAsync(cancel);
        if (twice is not null)
        {
            throw new Refusal("form.indicator-already-collected", 422, indicators.First(row => row.Id == twice.IndicatorId).Name,
                reporters.First(row => row.Id == twice.OrganisationId).Name, twice.Name);
        }
    }

    private static string Identity(string line, List<Indicator> indicators) =>
        CellIdentity.TryParse(line, out CellIdentity? identity)
        && identity.Parts.Append(identity.Total).All(code => indicators.Any(row => row.Code == code))
            ? identity.ToString()
            : throw new Refusal("form.identity", 422, line);

    private static string Required(string? text, string member) =>
        string.IsNullOrWhiteSpace(text) ? throw new Refusal("form.member-missing", 422, member) : text.Trim();
}
