using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// What follows from released results: every unit gets its feedback, and who stands in the lowest grade or under a veto is asked to
/// rectify. Results that move afterwards are fed back again to whoever moved. Asked within an actor's scope that holds the city.
/// </summary>
internal sealed class FollowUp(PlatformDb db, Ids ids, CaseDesk desk)
{
    /// <summary>Opens the feedbacks and rectifications of a release; written by the next save.</summary>
    public async Task ReleaseAsync(Round round, Scheme scheme, RoundResults results, CancellationToken cancel = default)
    {
        Dictionary<string, Organisation> units = await UnitsAsync(round, cancel);
        string title = $"{round.Period.Label(CultureInfo.CurrentCulture)} {scheme.Code}";
        foreach (UnitResult result in results.Units)
        {
            Organisation unit = units[result.Unit];
            CaseView file = await desk.OpenAsync(
                FeedbackProcedure.Table, new Subject(FeedbackProcedure.Code, round.Id), unit.Id, unit.Path, title, cancel);
            await desk.AdvanceAsync(file, FeedbackProcedure.Send, null, cancel);
            db.Add(new Feedback { RoundId = round.Id, OrganisationId = unit.Id, CaseId = file.Id });
            if (MustRectify(scheme, result))
            {
                await AskAsync(round, unit, result, 1, title, cancel);
            }
        }
    }

    /// <summary>Feeds a recomputation back to the units that moved; before the release nobody has been told anything.</summary>
    public async Task RecomputedAsync(
        Round round, Scheme scheme, RoundResults results, IReadOnlyList<Moved> moved, CancellationToken cancel = default)
    {
        if (round.ReleasedAt is null || moved.Count == 0)
        {
            return;
        }

        Dictionary<string, Organisation> units = await UnitsAsync(round, cancel);
        string title = $"{round.Period.Label(CultureInfo.CurrentCulture)} {scheme.Code}";
        foreach (Moved one in moved)
        {
            Organisation unit = units[one.Unit];
            string change = string.Create(CultureInfo.InvariantCulture,
                $"{one.Before.Total} {one.Before.Grade} → {one.After.Total} {one.After.Grade}");
            Feedback? feedback = await db.Set<Feedback>().FirstOrDefaultAsync(
                row => row.RoundId == round.Id && row.OrganisationId == unit.Id, cancel);
            if (feedback is not null)
            {
                await desk.AdvanceAsync(await desk.ReadAsync(feedback.CaseId, cancel), FeedbackProcedure.Revise, change, cancel);
            }

            await ReviewAsync(round, scheme, unit, results.Units.First(row => row.Unit == one.Unit), title, change, cancel);
        }
    }

    /// <summary>The lowest grade of the scheme, none at all, or a veto.</summary>
    public static bool MustRectify(Scheme scheme, UnitResult result) =>
        result.Vetoed || result.Grade is null || (scheme.Grades.Count > 1 && result.Grade == scheme.Grades.MinBy(grade => grade.From)!.Name);

    /// <summary>Asks for a rectification that is due now, lapses one that no longer is.</summary>
    private async Task ReviewAsync(
        Round round, Scheme scheme, Organisation unit, UnitResult result, string title, string change, CancellationToken cancel)
    {
        Rectification? last = await db.Set<Rectification>().Where(row => row.RoundId == round.Id && row.OrganisationId == unit.Id)
            .OrderByDescending(row => row.Ordinal).FirstOrDefaultAsync(cancel);
        CaseView? file = last is null ? null : await desk.ReadAsync(last.CaseId, cancel);
        bool stands = file is not null && file.Stage != RectificationProcedure.Lapsed;
        if (MustRectify(scheme, result) && !stands)
        {
            await AskAsync(round, unit, result, (last?.Ordinal ?? 0) + 1, title, cancel);
        }
        else if (!MustRectify(scheme, result) && file?.Stage is RectificationProcedure.Asked or RectificationProcedure.Submitted)
        {
            await desk.AdvanceAsync(file, RectificationProcedure.Lapse, change, cancel);
        }
    }

    private async Task AskAsync(Round round, Organisation unit, UnitResult result, int ordinal, string title, CancellationToken cancel)
    {
        long id = await ids.NextAsync(cancel);
        CaseView file = await desk.OpenAsync(
            RectificationProcedure.Table, new Subject(RectificationProcedure.Code, id), unit.Id, unit.Path, title, cancel);
        await desk.AdvanceAsync(file, RectificationProcedure.Ask, null, cancel);
        db.Add(new Rectification
        {
            Id = id,
            RoundId = round.Id,
            OrganisationId = unit.Id,
            Ordinal = ordinal,
            Vetoes = string.Join(' ', result.Criteria.Where(row => row.Vetoes).Select(row => row.Criterion)),
            CaseId = file.Id,
        });
    }

    private async Task<Dictionary<string, Organisation>> UnitsAsync(Round round, CancellationToken cancel) => await (
        from unit in db.Set<RoundUnit>().AsNoTracking()
        join organisation in db.Set<Organisation>() on unit.OrganisationId equals organisation.Id
        where unit.RoundId == round.Id
        select new { unit.Code, organisation }).ToDictionaryAsync(row => row.Code, row => row.organisation, cancel);
}
