using System.Text.Json.Serialization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A value behind a score.</summary>
internal sealed record LineageValue(long Observation, string Hash, decimal Value, int Revision, string Organisation);

/// <summary>What a unit's score for a criterion rests on, in the run in force.</summary>
internal sealed record ScoreLineage(
    string Scheme, int SchemeVersion, string Calendar, DateTimeOffset AsOf, string Unit, string Criterion, decimal Weight, ScoreRule Rule,
    string Indicator, string Direction, decimal? Target, int? TargetVersion, decimal? Value, decimal Points, bool Missing,
    IReadOnlyList<LineageValue> Inputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JudgementView? Judged = null);

/// <summary>A score that rests on a value.</summary>
internal sealed record Dependent(long Round, string Unit, string Criterion, decimal Points);

/// <summary>Reads behind the results: lineage, its reverse, and what another value would change.</summary>
internal sealed class ReadRound(PlatformDb db, RoundDoor door, RunBook runs, Judging judging)
{
    /// <summary>From a score to its values; an assessed unit sees its own only.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>round.not-frozen</c></exception>
    public async Task<ScoreLineage> LineageAsync(OpenedRound opened, string? unit, string? criterionCode, CancellationToken cancel = default)
    {
        ScoreRun run = await runs.InForceAsync(opened.Round, cancel);
        if (unit is null || !opened.Units.ContainsKey(unit))
        {
            throw Refusal.NotFound();
        }

        RoundInputs inputs = run.ReadInputs();
        Criterion criterion = inputs.Scheme.Criteria.FirstOrDefault(row => row.Code == criterionCode) ?? throw Refusal.NotFound();
        CriterionInput cell = inputs.Cell(unit, criterion.Code);
        CriterionResult result = run.ReadResults().Units.First(row => row.Unit == unit).Criteria.First(row => row.Criterion == criterion.Code);
        return new ScoreLineage(
            inputs.Scheme.Code, inputs.SchemeVersion, inputs.Calendar, inputs.AsOf, unit, criterion.Code, criterion.Weight, criterion.Rule,
            cell.Indicator, cell.Direction == Direction.Up ? "up" : "down", cell.Target?.Value, cell.Target?.Version, cell.Value(),
            result.Points, result.Missing,
            [.. cell.Observations.Select(row => new LineageValue(row.Observation, row.Hash, row.Value, row.Revision, row.Organisation))],
            cell.Judged is { } judged ? await judging.ViewAsync(judged.Judgement, cancel) : null);
    }

    /// <summary>From a value to the scores that rest on it, in the runs in force of the rounds that the actor may open.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c></exception>
    public async Task<IReadOnlyList<Dependent>> DependentsAsync(long observation, CancellationToken cancel = default)
    {
        if (!await db.Set<Observation>().AnyAsync(row => row.Id == observation, cancel))
        {
            throw Refusal.NotFound();
        }

        var rows = await (
            from input in db.Set<ScoreInput>().AsNoTracking()
            join round in db.Set<Round>() on input.RunId equals round.RunId
            join unit in db.Set<RoundUnit>() on new { RoundId = round.Id, input.OrganisationId } equals new { unit.RoundId, unit.OrganisationId }
            where input.ObservationId == observation
            orderby round.Id, unit.Code, input.Criterion
            select new { Round = round.Id, unit.Code, input.Criterion }).ToListAsync(cancel);
        var found = new List<Dependent>();
        foreach (var scores in rows.GroupBy(row => row.Round))
        {
            OpenedRound opened;
            try
            {
                opened = await door.OpenAsync(scores.Key, cancel);
            }
            catch (Refusal closed) when (closed.Status == 404)
            {
                continue;
            }

            Dictionary<string, UnitResult> results = (await runs.InForceAsync(opened.Round, cancel)).ReadResults().Units.ToDictionary(row => row.Unit);
            found.AddRange(scores.Select(score => new Dependent(scores.Key, score.Code, score.Criterion,
                results[score.Code].Criteria.First(row => row.Criterion == score.Criterion).Points)));
        }

        return found;
    }

    /// <summary>Who would move if a value behind the round were another; nothing is stored.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>value.too-many-decimals</c>, <c>value.out-of-range</c>, <c>round.*</c></exception>
    public async Task<IReadOnlyList<Moved>> PreviewAsync(OpenedRound opened, long observation, decimal value, CancellationToken cancel = default)
    {
        ScoreRun run = await runs.InForceAsync(opened.Round, cancel);
        RoundInputs inputs = run.ReadInputs();
        ObservationInput was = inputs.Units.SelectMany(unit => unit.Criteria).SelectMany(row => row.Observations)
            .FirstOrDefault(row => row.Observation == observation) ?? throw Refusal.NotFound();
        // A unit tries out its own cells; the scope filter knows which these are.
        if (!await db.Set<Observation>().AnyAsync(row => row.Id == observation, cancel))
        {
            throw Refusal.NotFound();
        }

        if (!Quantity.TryToUnits(value, was.Decimals, out long units, out string? code))
        {
            throw new Refusal(code!, 422, was.Organisation, value, was.Decimals);
        }

        RoundInputs tried = inputs.WithValue(observation, Quantity.FromUnits(units, was.Decimals));
        return Moved.Between(run.ReadResults(), RunBook.Assess(tried));
    }
}
