using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>Keeps the schemes. Written by the next save.</summary>
internal sealed class SchemeBook(PlatformDb db, Ids ids, OpinionDesk opinions, TimeProvider clock)
{
    private const int LongestCode = 64;

    /// <summary>Makes the first version of a scheme, or the next one when the code is known.</summary>
    /// <param name="answers">Answers to opinions on the version before, given with this one.</param>
    /// <exception cref="Refusal">
    /// The first code of <see cref="SchemeCheck"/>, or <c>scheme.indicator-unknown</c>; all are in <c>problems</c>. Then
    /// <c>scheme.opinions-waiting</c>, and those of <see cref="OpinionDesk.AnswerAsync"/>.
    /// </exception>
    public async Task<SchemeVersion> MakeAsync(
        Scheme scheme, IReadOnlyList<OpinionAnswer>? answers = null, CancellationToken cancel = default)
    {
        List<SchemeProblem> problems = [.. SchemeCheck.Problems(scheme)];
        if (scheme.Code?.Length > LongestCode || scheme.Code?.Contains('/', StringComparison.Ordinal) == true)
        {
            problems.Add(new SchemeProblem("scheme.code", "code"));
        }

        problems.AddRange(await UnknownIndicatorsAsync(scheme, cancel));
        if (problems.Count > 0)
        {
            throw new Refusal(problems[0].Code, 422, problems[0].Path) { Details = { ["problems"] = problems } };
        }

        if (await opinions.WaitingAsync(scheme.Code!, [.. (answers ?? []).Select(answer => answer.Opinion)], cancel) is > 0 and var waiting)
        {
            throw new Refusal("scheme.opinions-waiting", 422, waiting);
        }

        int last = await db.Set<SchemeVersion>().Where(row => row.Code == scheme.Code).MaxAsync(row => (int?)row.Version, cancel) ?? 0;
        var made = new SchemeVersion
        {
            Id = await ids.NextAsync(cancel),
            Code = scheme.Code!,
            Version = last + 1,
            Content = AssessmentJson.Write(scheme),
            MadeAt = clock.Instant(),
            MadeBy = db.Actor.UserId,
        };
        db.Add(made);
        foreach (OpinionAnswer answer in answers ?? [])
        {
            await opinions.AnswerAsync(answer, made.Id, cancel);
        }

        db.Audit("scheme.make", new Subject("scheme", made.Id), 0, made.Id, null, $"{made.Code} v{made.Version}");
        return made;
    }

    /// <summary>A scheme's version, the latest when none is named.</summary>
    /// <exception cref="Refusal"><c>scheme.unknown</c></exception>
    public async Task<SchemeVersion> FindAsync(string? code, int? version, CancellationToken cancel = default) =>
        await db.Set<SchemeVersion>().AsNoTracking()
            .Where(row => row.Code == code && (version == null || row.Version == version))
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancel)
        ?? throw new Refusal("scheme.unknown", 422, code ?? "");

    /// <summary>Every version, by code, the latest first.</summary>
    public Task<List<SchemeVersion>> ListAsync(CancellationToken cancel = default) =>
        db.Set<SchemeVersion>().AsNoTracking().OrderBy(row => row.Code).ThenByDescending(row => row.Version).Take(500).ToListAsync(cancel);

    private async Task<IEnumerable<SchemeProblem>> UnknownIndicatorsAsync(Scheme scheme, CancellationToken cancel)
    {
        string[] wanted = [.. scheme.Criteria.Select(criterion => criterion?.Indicator).OfType<string>().Distinct()];
        List<string> known = await db.Set<Indicator>().Where(row => wanted.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancel);
        return scheme.Criteria.Index()
            .Where(entry => !string.IsNullOrWhiteSpace(entry.Item?.Indicator) && !known.Contains(entry.Item.Indicator))
            .Select(entry => new SchemeProblem("scheme.indicator-unknown", $"criteria[{entry.Index}].indicator"));
    }
}
