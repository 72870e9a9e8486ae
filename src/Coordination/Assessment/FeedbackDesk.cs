using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Assessment;

/// <summary>A unit's receipt: whether it has signed for its results, who and when.</summary>
/// <param name="DueOn">The day to sign by; null once signed.</param>
internal sealed record FeedbackLine(string Unit, string Name, string Stage, long Version, DateOnly? DueOn, string? By, DateTimeOffset? At);

/// <summary>Signs for results and says who has not yet.</summary>
internal sealed class FeedbackDesk(PlatformDb db, CaseDesk desk, CalendarBook calendars)
{
    /// <summary>The receipts of a round within the actor's scope: a unit's own, an officer's all.</summary>
    public async Task<IReadOnlyList<FeedbackLine>> ListAsync(long round, CancellationToken cancel = default)
    {
        var rows = await (
            from feedback in db.Set<Feedback>().AsNoTracking()
            join file in db.Set<Case>() on feedback.CaseId equals file.Id
            join unit in db.Set<Organisation>() on feedback.OrganisationId equals unit.Id
            join step in db.Set<CaseStep>() on file.Version equals step.Id
            join user in db.Set<User>() on step.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            where feedback.RoundId == round
            orderby unit.Code
            select new { unit.Code, unit.Name, file.Stage, file.Version, file.StageSince, By = user == null ? null : user.DisplayName }).ToListAsync(cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        return
        [
            .. from row in rows
               let signed = row.Stage == FeedbackProcedure.Signed
               select new FeedbackLine(row.Code, row.Name, row.Stage, row.Version,
                   signed ? null : calendar.AddWorkdays(row.StageSince.LegalDay(), FeedbackProcedure.SigningWorkdays).DueOn,
                   signed ? row.By : null, signed ? row.StageSince : null),
        ];
    }

    /// <summary>A unit signs for its results; written by the next save.</summary>
    /// <param name="seen">The version last read; null takes the case as it stands.</param>
    /// <exception cref="Refusal"><c>request.not-found</c> and those of <see cref="CaseDesk.MoveAsync"/>.</exception>
    public async Task<CaseView> SignAsync(OpenedRound opened, string? unit, long? seen, CancellationToken cancel = default)
    {
        long id = unit is not null && opened.Units.TryGetValue(unit, out long found) ? found : throw Refusal.NotFound();
        Feedback feedback = await db.Set<Feedback>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.RoundId == opened.Round.Id && row.OrganisationId == id, cancel) ?? throw Refusal.NotFound();
        CaseView file = await desk.ReadAsync(feedback.CaseId, cancel);
        return await desk.MoveAsync(file, seen ?? file.Version, FeedbackProcedure.Sign, null, cancel);
    }
}
