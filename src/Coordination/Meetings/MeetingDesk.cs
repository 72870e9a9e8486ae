using System.Runtime.CompilerServices;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>What goes with a move of a meeting.</summary>
/// <param name="StartsAt">With a call or another time: when it begins.</param>
/// <param name="Units">With a call: codes of the units called.</param>
/// <param name="HeldOn">With the holding: the day; the day it was called for when left out.</param>
/// <param name="Present">With the holding: codes of the units that were there.</param>
/// <param name="Text">With the draft: the minutes without their resolutions.</param>
internal sealed record MeetingMove(
    string? Action, string? Note, DateTimeOffset? StartsAt, string? Place, string? Chair, IReadOnlyList<string>? Units, DateOnly? HeldOn, IReadOnlyList<string>? Present, string? Text);

/// <summary>Calls a meeting, holds it, drafts and issues its minutes. Written by the next save.</summary>
internal sealed class MeetingDesk(PlatformDb db, CaseDesk desk, MeetingReading reading, Agenda agenda, MatterDesk matters, OrganisationTree tree, CalendarBook calendars, Ids ids, TimeProvider clock)
{
    private const int MostUnits = 60;

    /// <param name="seen">The version last read.</param>
    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>meeting.text</c>, <c>meeting.past</c>, <c>meeting.bad-units</c>, <c>meeting.agenda-empty</c>,
    /// <c>meeting.not-held</c>, <c>meeting.held-day</c>, <c>meeting.matters-open</c>
    /// </exception>
    public async Task<CaseView> MoveAsync(long id, long seen, MeetingMove move, CancellationToken cancel = default)
    {
        MeetingView view = await reading.FindAsync(id, cancel);
        if (!view.Office)
        {
            throw Refusal.Role();
        }

        // The row is changed, so it is read once more with the context's eye on it.
        Meeting meeting = await db.Set<Meeting>().FirstAsync(row => row.Id == id, cancel);
        if (move.Action is MeetingProcedure.Draft or MeetingProcedure.Issue && meeting.HeldOn is null)
        {
            throw new Refusal("meeting.not-held");
        }

        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(meeting.CaseId, cancel), seen, move.Action ?? "", string.IsNullOrWhiteSpace(move.Note) ? null : Text(move.Note, Meeting.LongestText), cancel);
        await (move.Action switch
        {
            MeetingProcedure.Call => CallAsync(view, meeting, move, cancel),
            MeetingProcedure.Reschedule => RescheduleAsync(meeting, move, cancel),
            MeetingProcedure.Hold => HoldAsync(meeting, move, cancel),
            MeetingProcedure.Draft => DraftAsync(meeting, move.Text),
            MeetingProcedure.Issue => IssueAsync(meeting, cancel),
            _ => Task.CompletedTask,
        });
        meeting.Version = await ids.NextAsync(cancel);
        return moved;
    }

    /// <summary>A unit says who comes, or why nobody does.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, those of <see cref="CaseDesk.MoveAsync"/>, <c>meeting.text</c></exception>
    public async Task<CaseView> AnswerAsync(long id, string? unitCode, long seen, string? action, string? answer, CancellationToken cancel = default)
    {
        Organisation unit = await tree.FindAsync(unitCode, cancel);
        MeetingUnit row = await db.Set<MeetingUnit>().FirstOrDefaultAsync(one => one.MeetingId == id && one.OrganisationId == unit.Id, cancel) ?? throw Refusal.NotFound();
        if (action is not (AttendanceProcedure.Confirm or AttendanceProcedure.Excuse))
        {
            throw new Refusal("case.unknown-action", 422, action ?? "");
        }

        CaseView moved = await desk.MoveAsync(await desk.ReadAsync(row.CaseId, cancel), seen, action, answer, cancel);
        row.Answer = Text(answer, AgendaLine.LongestText);
        return moved;
    }

    /// <summary>A text that must be there and not be too long.</summary>
    /// <exception cref="Refusal"><c>meeting.text</c></exception>
    internal static string Text(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "meeting.text", field);

    /// <summary>The agenda is frozen, its matters are on it, the units are told: all in the save of the call.</summary>
    private async Task CallAsync(MeetingView view, Meeting meeting, MeetingMove move, CancellationToken cancel)
    {
        Schedule(meeting, move);
        meeting.Chair = string.IsNullOrWhiteSpace(move.Chair) ? "" : Text(move.Chair, Meeting.LongestPlace);
        string[] codes = [.. move.Units ?? []];
        if (codes.Length is 0 or > MostUnits || codes.Distinct().Count() != codes.Length)
        {
            throw new Refusal("meeting.bad-units", 422, MostUnits);
        }

        IReadOnlyList<AgendaLine> lines = await agenda.FreezeAsync(view, cancel);
        if (lines.Count == 0)
        {
            throw new Refusal("meeting.agenda-empty");
        }

        string title = (await desk.ReadAsync(meeting.CaseId, cancel)).Title;
        var names = new List<string>();
        foreach (string code in codes)
        {
            Organisation unit = await tree.FindAsync(code, cancel);
            if (!unit.Path.StartsWith(view.City.Path, StringComparison.Ordinal))
            {
                throw Refusal.NotFound();
            }

            CaseView invited = await desk.OpenAsync(AttendanceProcedure.Table, new Subject(MeetingUnit.SubjectKind, meeting.Id), unit.Id, unit.Path, title, cancel);
            await desk.MoveAsync(invited, invited.Version, AttendanceProcedure.Invite, null, cancel);
            db.Add(new MeetingUnit { MeetingId = meeting.Id, OrganisationId = unit.Id, Name = unit.Name, CaseId = invited.Id });
            names.Add(unit.Name);
        }

        meeting.UnitNames = string.Join('、', names);
        meeting.CalledAt = clock.Instant();
        await matters.PutAsync([.. lines.Select(line => line.MatterId).OfType<long>()], meeting.Id, cancel);
    }

    private async Task RescheduleAsync(Meeting meeting, MeetingMove move, CancellationToken cancel)
    {
        Schedule(meeting, move);
        List<MeetingUnit> units = await db.Set<MeetingUnit>().Where(row => row.MeetingId == meeting.Id).ToListAsync(cancel);
        IReadOnlyDictionary<long, CaseView> files = await desk.ReadAsync(units.Select(unit => unit.CaseId), cancel);
        foreach (MeetingUnit unit in units)
        {
            CaseView file = files[unit.CaseId];
            await desk.MoveAsync(file, file.Version, AttendanceProcedure.Renew, move.Note, cancel);
            unit.Answer = "";
        }
    }

    private void Schedule(Meeting meeting, MeetingMove move)
    {
        if (move.StartsAt is not { } at || at <= clock.Instant())
        {
            throw new Refusal("meeting.past", 422, clock.Instant().Local());
        }

        meeting.StartsAt = at;
        meeting.Place = Text(move.Place, Meeting.LongestPlace);
    }

    private async Task HoldAsync(Meeting meeting, MeetingMove move, CancellationToken cancel)
    {
        DateOnly called = meeting.CalledAt!.Value.LegalDay();
        DateOnly held = move.HeldOn ?? meeting.StartsAt!.Value.LegalDay();
        if (held < called || held > clock.Today())
        {
            throw new Refusal("meeting.held-day", 422, called, clock.Today());
        }

        meeting.HeldOn = held;
        meeting.Chair = string.IsNullOrWhiteSpace(move.Chair) ? meeting.Chair : Text(move.Chair, Meeting.LongestPlace);
        List<MeetingUnit> units = await db.Set<MeetingUnit>().Where(row => row.MeetingId == meeting.Id).ToListAsync(cancel);
        var present = new HashSet<long>();
        foreach (string code in move.Present ?? [])
        {
            Organisation unit = await tree.FindAsync(code, cancel);
            present.Add(units.Exists(row => row.OrganisationId == unit.Id) ? unit.Id : throw new Refusal("meeting.not-called", 422, unit.Name));
        }

        IReadOnlyDictionary<long, CaseView> files = await desk.ReadAsync(units.Select(unit => unit.CaseId), cancel);
        foreach (MeetingUnit unit in units)
        {
            unit.Present = present.Contains(unit.OrganisationId);
            if (files[unit.CaseId] is { Stage: AttendanceProcedure.Invited } file)
            {
                await desk.AdvanceAsync(file, AttendanceProcedure.Lapse, null, cancel);
            }
        }

        // In the order of the call; a unit that is renamed later stands in the minutes as it was called.
        units.Sort((one, other) => one.CaseId.CompareTo(other.CaseId));
        meeting.PresentNames = string.Join('、', units.Where(unit => unit.Present == true).Select(unit => unit.Name));
        meeting.AbsentNames = string.Join('、', units.Where(unit => unit.Present == false).Select(unit => unit.Name));
    }

    private static Task DraftAsync(Meeting meeting, string? text)
    {
        meeting.Minutes = Text(text, Meeting.LongestText);
        return Task.CompletedTask;
    }

    /// <summary>No matter leaves the meeting undecided; the minutes get their number and each resolution the day that they name.</summary>
    private async Task IssueAsync(Meeting meeting, CancellationToken cancel)
    {
        int open = await (
            from matter in db.Set<Matter>()
            join file in db.Set<Case>() on matter.CaseId equals file.Id
            where matter.MeetingId == meeting.Id && file.Stage == MatterProcedure.OnAgenda
            select matter.Id).CountAsync(cancel);
        if (open > 0)
        {
            throw new Refusal("meeting.matters-open", 422, open);
        }

        DateOnly today = clock.Today();
        meeting.IssuedOn = today;
        meeting.SerialYear = today.Year;
        meeting.Serial = 1 + (await db.Set<Meeting>().Where(row => row.CityId == meeting.CityId && row.SerialYear == today.Year).MaxAsync(row => row.Serial, cancel) ?? 0);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        foreach (Resolution resolution in await db.Set<Resolution>().Where(row => row.MeetingId == meeting.Id).ToListAsync(cancel))
        {
            resolution.DueOn = calendar.AddWorkdays(today, resolution.Workdays).DueOn;
        }
    }
}
