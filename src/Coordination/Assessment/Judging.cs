using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>Points to give.</summary>
/// <param name="Evidence">A file already stored for the unit.</param>
internal sealed record JudgementRequest(string? Unit, string? Criterion, decimal? Points, string? Reason, long? Evidence);

/// <summary>A judgement as the officers and the judged unit read it.</summary>
internal sealed record JudgementView(
    long Id, string Unit, string Criterion, decimal Points, string Reason, long Evidence, string By, DateTimeOffset At);

/// <summary>
/// The judging desk. Points are given while the round is a draft; the freeze takes the last ones. Whoever belongs to the unit or
/// reported a figure of it in the period does not judge it.
/// </summary>
internal sealed class Judging(PlatformDb db, Ids ids, EvidenceStore evidence, TimeProvider clock)
{
    public const int LongestReason = 2000;

    /// <summary>The judgement that counts for each unit and criterion.</summary>
    public async Task<IReadOnlyDictionary<(long Unit, string Criterion), Judgement>> InForceAsync(long round, CancellationToken cancel = default) =>
        (await db.Set<Judgement>().AsNoTracking().Where(row => row.RoundId == round).ToListAsync(cancel))
            .GroupBy(row => (row.OrganisationId, row.Criterion)).ToDictionary(same => same.Key, same => same.MaxBy(row => row.Id)!);

    /// <summary>The judgements that count, within the actor's scope.</summary>
    public async Task<IReadOnlyList<JudgementView>> ListAsync(long round, CancellationToken cancel = default)
    {
        long[] counting = [.. (await InForceAsync(round, cancel)).Values.Select(row => row.Id)];
        return await ViewAsync(db.Set<Judgement>().Where(row => counting.Contains(row.Id)), cancel);
    }

    /// <summary>One judgement; null outside the actor's scope.</summary>
    public async Task<JudgementView?> ViewAsync(long id, CancellationToken cancel = default) =>
        (await ViewAsync(db.Set<Judgement>().Where(row => row.Id == id), cancel)).FirstOrDefault();

    /// <summary>Gives points; written by the next save.</summary>
    /// <exception cref="Refusal">
    /// <c>access.role</c>, <c>appeal.unit</c>, <c>judgement.over</c>, <c>judgement.criterion</c>, <c>judgement.points</c>,
    /// <c>judgement.reason</c>, <c>judgement.evidence</c>, <c>judgement.recused</c> (403)
    /// </exception>
    public async Task<Judgement> GiveAsync(OpenedRound opened, JudgementRequest request, CancellationToken cancel = default)
    {
        Organisation unit = await UnitAsync(opened, request.Unit, cancel);
        if (opened.Stage != RoundProcedure.Draft)
        {
            throw new Refusal("judgement.over");
        }

        Criterion criterion = opened.Scheme.Read().Criteria.FirstOrDefault(row => row.Code == request.Criterion && row.Rule is JudgedRule)
            ?? throw new Refusal("judgement.criterion", 422, request.Criterion ?? "");
        if (request.Points is not { } points || points < 0 || points > criterion.Weight
            || !Quantity.TryToUnits(points, JudgedInput.Decimals, out long hundredths, out _))
        {
            throw new Refusal("judgement.points", 422, criterion.Weight);
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            throw new Refusal("judgement.reason", 422, LongestReason);
        }

        if (!await db.Set<EvidenceFile>().AnyAsync(row => row.Id == request.Evidence && row.OrganisationId == unit.Id, cancel)
            && !db.Set<EvidenceFile>().Local.Any(row => row.Id == request.Evidence && row.OrganisationId == unit.Id))
        {
            throw new Refusal("judgement.evidence");
        }

        if (await RecusedAsync(opened, unit, cancel) is { } reason)
        {
            throw new Refusal("judgement.recused", 403) { Details = { ["reason"] = reason } };
        }

        var made = new Judgement
        {
            Id = await ids.NextAsync(cancel),
            RoundId = opened.Round.Id,
            OrganisationId = unit.Id,
            Criterion = criterion.Code,
            Points = hundredths,
            Reason = request.Reason.Trim(),
            EvidenceId = request.Evidence!.Value,
            JudgedBy = db.Actor.UserId,
            JudgedAt = clock.Instant(),
        };
        db.Add(made);
        opened.Round.Judgements++;
        db.Audit("round.judge", new Subject(RoundProcedure.Code, opened.Round.Id), unit.Id, made.Id, null, $"{unit.Code} {criterion.Code} {points}");
        return made;
    }

    /// <summary>Stores what points rest on, as the unit's own file; its row is written by the next save.</summary>
    /// <exception cref="Refusal">As <see cref="UnitAsync"/> and <see cref="EvidenceStore.AddAsync"/>.</exception>
    public async Task<EvidenceFile> StoreAsync(
        OpenedRound opened, string? unit, string name, Stream content, CancellationToken cancel = default) =>
        await evidence.AddAsync((await UnitAsync(opened, unit, cancel)).Id, name, content, cancel: cancel);

    /// <summary>The unit of the round that the actor may judge.</summary>
    /// <exception cref="Refusal"><c>access.role</c>, <c>appeal.unit</c></exception>
    private async Task<Organisation> UnitAsync(OpenedRound opened, string? code, CancellationToken cancel = default)
    {
        if (db.Actor.May(AssessmentModule.Assessor, Seat.At, opened.City.Path) is null)
        {
            throw Refusal.Role();
        }

        return code is not null && opened.Units.TryGetValue(code, out long id)
            ? await db.Set<Organisation>().AsNoTracking().FirstAsync(row => row.Id == id, cancel)
            : throw new Refusal("appeal.unit", 422, code ?? "");
    }

    /// <summary>The key of the reason why the actor does not judge the unit (回避); null when nothing stands against it.</summary>
    public async Task<string?> RecusedAsync(OpenedRound opened, Organisation unit, CancellationToken cancel = default)
    {
        List<long> persons = [db.Actor.UserId];
        if (db.Actor.May(AssessmentModule.Assessor, Seat.At, unit.Path) is { OnBehalfOf: { } owner })
        {
            persons.Add(owner);
        }

        DateOnly today = clock.Today();
        if (await db.Set<Membership>().AnyAsync(row => persons.Contains(row.UserId) && row.OrganisationId == unit.Id
            && (row.StartsOn == null || row.StartsOn <= today) && (row.EndsOn == null || row.EndsOn >= today), cancel))
        {
            return Recusal.Member;
        }

        return await (
            from row in db.Set<Observation>()
            join reporter in db.Set<Organisation>() on row.OrganisationId equals reporter.Id
            where row.Period == opened.Round.Period && persons.Contains(row.RecordedBy) && reporter.Path.StartsWith(unit.Path)
            select row.Id).AnyAsync(cancel)
            ? Recusal.Recorded
            : null;
    }

    private async Task<List<JudgementView>> ViewAsync(IQueryable<Judgement> chosen, CancellationToken cancel)
    {
        var rows = await (
            from row in chosen.AsNoTracking()
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            join user in db.Set<User>() on row.JudgedBy equals user.Id into users
            from user in users.DefaultIfEmpty()
            orderby unit.Code, row.Criterion
            select new { row, unit.Code, Name = user == null ? "" : user.DisplayName }).ToListAsync(cancel);
        return rows.ConvertAll(one => new JudgementView(one.row.Id, one.Code, one.row.Criterion, one.row.Input().Points, one.row.Reason,
            one.row.EvidenceId, one.Name, one.row.JudgedAt));
    }
}
