using System.Text;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>The one writer of runs. Everything it adds is written by the next save.</summary>
internal sealed class RunBook(PlatformDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The run in force.</summary>
    /// <exception cref="Refusal"><c>round.not-frozen</c></exception>
    public async Task<ScoreRun> InForceAsync(Round round, CancellationToken cancel = default) =>
        round.RunId is { } run
            ? await db.Set<ScoreRun>().AsNoTracking().FirstAsync(row => row.Id == run, cancel)
            : throw new Refusal("round.not-frozen");

    /// <summary>Computes the round from these inputs and puts the result in force.</summary>
    /// <param name="round">Tracked.</param>
    /// <param name="appealId">The appeal that changed a value; null for a freeze.</param>
    /// <exception cref="Refusal"><c>round.overflow</c></exception>
    public async Task<ScoreRun> AppendAsync(Round round, RoundInputs inputs, long? appealId, CancellationToken cancel = default)
    {
        string results = AssessmentJson.Write(Assess(inputs));
        int last = await db.Set<ScoreRun>().Where(row => row.RoundId == round.Id).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0;
        string? before = round.RunId is { } old
            ? await db.Set<ScoreRun>().Where(row => row.Id == old).Select(row => row.Sha256).FirstAsync(cancel)
            : null;
        var run = new ScoreRun
        {
            Id = await ids.NextAsync(cancel),
            RoundId = round.Id,
            Ordinal = last + 1,
            AppealId = appealId,
            Inputs = AssessmentJson.Write(inputs),
            Results = results,
            Sha256 = ResultsDocument.Sha256(Encoding.UTF8.GetBytes(results)),
            At = clock.Instant(),
        };
        db.Add(run);
        Dictionary<string, long> units = await db.Set<RoundUnit>().AsNoTracking().Where(row => row.RoundId == round.Id)
            .ToDictionaryAsync(row => row.Code, row => row.OrganisationId, cancel);
        db.AddRange(
            from unit in inputs.Units
            from criterion in unit.Criteria
            from input in criterion.Observations
            select new ScoreInput
            {
                RunId = run.Id,
                OrganisationId = units[unit.Unit],
                Criterion = criterion.Criterion,
                ObservationId = input.Observation,
                Hash = input.Hash,
            });
        round.RunId = run.Id;
        db.Audit("round.score", new Subject(RoundProcedure.Code, round.Id), round.CityId, run.Id, before, run.Sha256);
        return run;
    }

    /// <exception cref="Refusal"><c>round.overflow</c>: figures so large that exact points no longer fit.</exception>
    public static RoundResults Assess(RoundInputs inputs)
    {
        try
        {
            return AssessRound.Assess(inputs);
        }
        catch (OverflowException)
        {
            throw new Refusal("round.overflow");
        }
    }
}
