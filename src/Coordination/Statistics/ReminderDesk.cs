using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A unit whose return has not been submitted.</summary>
/// <param name="Stage">Where the return stands with its unit; null when it was never begun.</param>
/// <param name="RemindedOn">The last reminder's day; null when there was none.</param>
internal sealed record MissingReturn(string Organisation, string Name, string? Stage, DateOnly? RemindedOn);

/// <summary>Reminds units of returns that have not come. Written by the next save.</summary>
internal sealed class ReminderDesk(PlatformDb db, CaseDesk desk, Ids ids, Words words, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>The form's open units in the actor's scope whose return is not submitted, those never reminded first.</summary>
    public async Task<IReadOnlyList<MissingReturn>> MissingAsync(Form form, Period period, CancellationToken cancel = default) =>
        [.. (await WithoutAsync(form, period, cancel)).Select(row => new MissingReturn(row.Unit.Code, row.Unit.Name, row.Stage, row.RemindedOn))
            .OrderBy(row => row.RemindedOn ?? DateOnly.MinValue).ThenBy(row => row.Organisation, StringComparer.Ordinal)];

    /// <summary>One line for each unit asked for; who cannot be reminded says why and the others are.</summary>
    /// <exception cref="Refusal"><c>batch.size</c>, <c>reminder.note</c>, <c>request.not-found</c>, <c>return.period</c></exception>
    public async Task<IReadOnlyList<BatchLine>> RemindAsync(
        string? form, Period period, IReadOnlyList<string>? organisations, string? note, CancellationToken cancel = default)
    {
        if (organisations is not { Count: > 0 and <= Most })
        {
            throw new Refusal("batch.size", 422, Most);
        }

        if (note is { Length: > Reminder.LongestNote })
        {
            throw new Refusal("reminder.note", 422, Reminder.LongestNote);
        }

        Form asked = await db.Set<Form>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == form, cancel) ?? throw Refusal.NotFound();
        if (period.Kind != asked.Frequency || period.LastDay >= clock.Today())
        {
            throw new Refusal("return.period", 422, asked.Name, period.ToString());
        }

        Dictionary<string, Without> missing = (await WithoutAsync(asked, period, cancel)).ToDictionary(row => row.Unit.Code);
        var lines = new List<BatchLine>();
        foreach (string code in organisations.Distinct())
        {
            try
            {
                Without row = missing.GetValueOrDefault(code) ?? throw new Refusal("reminder.not-missing", 422, code);
                await RemindAsync(asked, period, row, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), cancel);
                lines.Add(new BatchLine(asked.Code, code, period, ReminderProcedure.Sent, null, null, null));
            }
            catch (Refusal refusal)
            {
                lines.Add(new BatchLine(asked.Code, code, period, null, null, refusal.Code, words.Say(refusal)));
            }
        }

        return lines;
    }

    private async Task RemindAsync(Form form, Period period, Without row, string? note, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        if (row.RemindedOn == today)
        {
            throw new Refusal("reminder.today", 422, row.Unit.Name);
        }

        Transition move = ReminderProcedure.Reminder.From(ReminderProcedure.Written)
            .FirstOrDefault(one => db.Actor.May(one.Role, one.Seat, row.Unit.Path) is not null) ?? throw Refusal.Role();
        var reminder = new Reminder
        {
            Id = await ids.NextAsync(cancel),
            FormId = form.Id,
            OrganisationId = row.Unit.Id,
            Period = period,
            Day = today,
            Note = note,
        };
        string title = words.Say("returns.title", form.Name, row.Unit.Name, period.Label(CultureInfo.CurrentUICulture));
        CaseView opened = await desk.OpenAsync(ReminderProcedure.Reminder, new Subject(Reminder.SubjectKind, reminder.Id), row.Unit.Id, row.Unit.Path,
            note is null ? title : $"{title}：{note}", cancel);
        reminder.CaseId = opened.Id;
        db.Add(reminder);
        await desk.MoveAsync(opened, opened.Version, move.Action, note, cancel);
    }

    private async Task<List<Without>> WithoutAsync(Form form, Period period, CancellationToken cancel)
    {
        List<Organisation> units = await (
            from reporter in db.Set<FormReporter>()
            join unit in db.Set<Organisation>().AsNoTracking() on reporter.OrganisationId equals unit.Id
            where reporter.FormId == form.Id && (unit.ClosedOn == null || unit.ClosedOn > period.LastDay)
            select unit).ToListAsync(cancel);
        Dictionary<long, string> stages = await (
            from file in db.Set<Return>()
            join open in db.Set<Case>() on file.CaseId equals open.Id
            where file.FormId == form.Id && file.Period == period
            select new { file.OrganisationId, open.Stage }).ToDictionaryAsync(row => row.OrganisationId, row => row.Stage, cancel);
        Dictionary<long, DateOnly> reminded = await db.Set<Reminder>().Where(row => row.FormId == form.Id && row.Period == period)
            .GroupBy(row => row.OrganisationId).Select(unit => new { unit.Key, Day = unit.Max(row => row.Day) })
            .ToDictionaryAsync(row => row.Key, row => row.Day, cancel);
        return
        [
            .. units.Select(unit => new Without(unit, stages.GetValueOrDefault(unit.Id), reminded.TryGetValue(unit.Id, out DateOnly day) ? day : null))
                .Where(row => row.Stage is null or ReturnStage.Draft || ReturnStage.Signatures.Contains(row.Stage)),
        ];
    }

    private sealed record Without(Organisation Unit, string? Stage, DateOnly? RemindedOn);
}
