using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A reward to propose.</summary>
/// <param name="AmountYuan">0 for an honour without money.</param>
internal sealed record RewardRequest(
    string? Scheme, int Year, string? Unit, string? Title, decimal? AmountYuan, string? Duty, DateOnly? DutyDueOn);

/// <summary>A reward as its unit and the officers see it.</summary>
internal sealed record RewardView(
    long Id, string Unit, string Name, int Year, string Scheme, string Title, decimal AmountYuan, string Basis, string Duty, DateOnly DutyDueOn,
    string Stage, long Version, long Case);

/// <summary>Proposes rewards on a year's results and moves them on.</summary>
internal sealed class RewardDesk(PlatformDb db, Ids ids, CaseDesk desk, OrganisationTree tree, YearReading years, TimeProvider clock)
{
    public const int LongestText = 1000;

    private const int FenDecimals = 2;

    /// <summary>Within the actor's scope, newest first, one page.</summary>
    public async Task<IReadOnlyList<RewardView>> ListAsync(long? before = null, int size = 50, CancellationToken cancel = default)
    {
        var rows = await (
            from row in db.Set<Reward>().AsNoTracking()
            join file in db.Set<Case>() on row.CaseId equals file.Id
            join unit in db.Set<Organisation>() on row.OrganisationId equals unit.Id
            where before == null || row.Id < before
            orderby row.Id descending
            select new { row, file.Stage, file.Version, unit.Code, unit.Name }).Take(size).ToListAsync(cancel);
        return
        [
            .. rows.Select(one => new RewardView(one.row.Id, one.Code, one.Name, one.row.Year, one.row.Scheme, one.row.Title,
                Quantity.FromUnits(one.row.AmountFen, FenDecimals), one.row.Basis, one.row.Duty, one.row.DutyDueOn, one.Stage, one.Version, one.row.CaseId)),
        ];
    }

    /// <summary>Written by the next save.</summary>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>year.none</c>, <c>reward.grade</c> (not the highest), <c>reward.text</c>,
    /// <c>reward.amount</c>, <c>reward.duty-due</c>
    /// </exception>
    public async Task<(Reward Reward, CaseView File)> ProposeAsync(RewardRequest request, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(request.Unit, cancel);
        YearView year = await years.ReadAsync(request.Year, request.Scheme, cancel);
        YearUnit result = year.Units.FirstOrDefault(row => row.Unit == unit.Code) ?? throw Refusal.NotFound();
        string best = Grading.BestFirst(year.Scheme)[0].Name;
        if (result.Grade != best)
        {
            throw new Refusal("reward.grade", 422, unit.Name, result.Grade ?? "—", best);
        }

        if (new[] { request.Title, request.Duty }.Any(text => string.IsNullOrWhiteSpace(text) || text.Length > LongestText))
        {
            throw new Refusal("reward.text", 422, LongestText);
        }

        if (request.AmountYuan is not { } amount || amount < 0 || !Quantity.TryToUnits(amount, FenDecimals, out long fen, out _))
        {
            throw new Refusal("reward.amount");
        }

        if (request.DutyDueOn is not { } due || due <= clock.Today())
        {
            throw new Refusal("reward.duty-due");
        }

        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(
            RewardProcedure.Table, new Subject(RewardProcedure.Code, id), unit.Id, unit.Path, $"{request.Year} {request.Title!.Trim()}", cancel);
        file = await desk.MoveAsync(file, file.Version, RewardProcedure.Propose, null, cancel);
        var made = new Reward
        {
            Id = id,
            OrganisationId = unit.Id,
            Year = request.Year,
            Scheme = year.Scheme.Code,
            Title = request.Title.Trim(),
            AmountFen = fen,
            Basis = $"{result.Total} {result.Grade}",
            Duty = request.Duty!.Trim(),
            DutyDueOn = due,
            ProposedBy = db.Actor.UserId,
            CaseId = file.Id,
        };
        db.Add(made);
        return (made, file);
    }

    /// <summary>Written by the next save.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>reward.own</c> (403: who proposed does not decide), and those of <see cref="CaseDesk.MoveAsync"/>.</exception>
    public async Task<CaseView> ActAsync(long id, string? action, string? note, long? seen, CancellationToken cancel = default)
    {
        Reward row = await db.Set<Reward>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(row.CaseId, cancel);
        CaseView moved = await desk.MoveAsync(file, seen ?? file.Version, action ?? "", note?.Trim(), cancel);
        return action == RewardProcedure.Approve && row.ProposedBy == db.Actor.UserId ? throw new Refusal("reward.own", 403) : moved;
    }
}
