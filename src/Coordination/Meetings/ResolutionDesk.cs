using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings;

/// <summary>A resolution as it is written down.</summary>
/// <param name="Lead">Code of the unit that answers for it.</param>
/// <param name="Matter">The matter that it settles.</param>
internal sealed record ResolutionText(string? Text, string? Lead, IReadOnlyList<string>? Supports, int? Workdays, long? Matter);

/// <summary>Writes resolutions down and makes supervision orders of them. Written by the next save.</summary>
internal sealed class ResolutionDesk(PlatformDb db, MeetingReading reading, SupervisionDesk orders, OrganisationTree tree, CalendarBook calendars, Ids ids, Words words, TimeProvider clock)
{
    private const int MostWorkdays = 500;
    private const int MostSupports = 20;

    /// <exception cref="Refusal">
    /// <c>request.not-found</c>, <c>access.role</c>, <c>meeting.not-held</c>, <c>meeting.minutes-stand</c>, <c>meeting.text</c>, <c>meeting.resolution-lead</c>,
    /// <c>meeting.resolution-units</c>, <c>meeting.resolution-workdays</c>, <c>meeting.resolution-matter</c>
    /// </exception>
    public async Task<Resolution> AddAsync(long meetingId, ResolutionText asked, CancellationToken cancel = default)
    {
        MeetingView meeting = await OpenAsync(meetingId, cancel);
        string text = MeetingDesk.Text(asked.Text, Resolution.LongestText);
        Organisation lead = string.IsNullOrWhiteSpace(asked.Lead) ? throw new Refusal("meeting.resolution-lead") : await tree.FindAsync(asked.Lead, cancel);
        string[] codes = [.. asked.Supports ?? []];
        if (codes.Length > MostSupports || codes.Contains(lead.Code) || codes.Distinct().Count() != codes.Length)
        {
            throw new Refusal("meeting.resolution-units", 422, MostSupports);
        }

        var supports = new List<Organisation>();
        foreach (string code in codes)
        {
            supports.Add(await tree.FindAsync(code, cancel));
        }

        if (supports.Append(lead).Any(unit => !unit.Path.StartsWith(meeting.City.Path, StringComparison.Ordinal)))
        {
            throw Refusal.NotFound();
        }

        if (asked.Workdays is not (> 0 and <= MostWorkdays))
        {
            throw new Refusal("meeting.resolution-workdays", 422, MostWorkdays);
        }

        if (asked.Matter is { } matter && !await db.Set<Matter>().AnyAsync(row => row.Id == matter && row.MeetingId == meetingId, cancel))
        {
            throw new Refusal("meeting.resolution-matter");
        }

        int last = await db.Set<Resolution>().Where(row => row.MeetingId == meetingId).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0;
        var made = new Resolution
        {
            Id = await ids.NextAsync(cancel),
            MeetingId = meetingId,
            Ordinal = last + 1,
            Text = text,
            LeadCode = lead.Code,
            LeadName = lead.Name,
            SupportCodes = string.Join(' ', supports.Select(unit => unit.Code)),
            SupportNames = string.Join('、', supports.Select(unit => unit.Name)),
            Workdays = asked.Workdays.Value,
            MatterId = asked.Matter,
        };
        db.Add(made);
        db.Audit("meeting.resolve", new Subject(Meeting.SubjectKind, meetingId), meeting.City.Id, made.Id, null, $"{lead.Code} {text}");
        return made;
    }

    /// <summary>Strikes one out while the minutes are not issued; those after it move up.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>meeting.minutes-stand</c>, <c>meeting.resolution-needed</c></exception>
    public async Task StrikeAsync(long id, CancellationToken cancel = default)
    {
        Resolution struck = await db.Set<Resolution>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        MeetingView meeting = await OpenAsync(struck.MeetingId, cancel);
        if (struck.MatterId is { } settled && await IsResolvedAsync(settled, cancel)
            && !await db.Set<Resolution>().AnyAsync(row => row.MeetingId == struck.MeetingId && row.MatterId == settled && row.Id != id, cancel))
        {
            throw new Refusal("meeting.resolution-needed");
        }

        foreach (Resolution after in await db.Set<Resolution>().Where(row => row.MeetingId == struck.MeetingId && row.Ordinal > struck.Ordinal).OrderBy(row => row.Ordinal).ToListAsync(cancel))
        {
            after.Ordinal--;
        }

        db.Remove(struck);
        db.Audit("meeting.strike", new Subject(Meeting.SubjectKind, meeting.Row.Id), meeting.City.Id, await ids.NextAsync(cancel), struck.Text);
    }

    /// <summary>Makes the supervision order of a resolution: the order, its clock and the link are one save.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>access.role</c>, <c>meeting.minutes-open</c>, <c>meeting.ordered</c>, those of <see cref="SupervisionDesk.IssueAsync"/></exception>
    public async Task<IssuedOrder> OrderAsync(long id, CancellationToken cancel = default)
    {
        Resolution resolution = await db.Set<Resolution>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound();
        MeetingView meeting = await reading.FindAsync(resolution.MeetingId, cancel);
        RequireOffice(meeting);
        if (meeting.Row.IssuedOn is null)
        {
            throw new Refusal("meeting.minutes-open");
        }

        if (resolution.OrderId is not null)
        {
            throw new Refusal("meeting.ordered", 422, resolution.OrderNumber);
        }

        string basis = words.Say("meeting.order-basis", MeetingPapers.Tight(meeting.Row.Period), NumberOf(meeting.Row), resolution.Ordinal);
        // The order runs to the day that the minutes name; where that day has come, to the next working day.
        int workdays = resolution.DueOn is { } due ? Math.Max(1, (await calendars.CurrentAsync(cancel)).WorkdaysBetween(clock.Today(), due)) : resolution.Workdays;
        IReadOnlyList<IssuedOrder> issued = await orders.IssueAsync(new OrderRequest(
            Short(resolution.Text), resolution.Text, "resolution", basis, resolution.LeadCode, resolution.SupportCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Math.Min(2, workdays), workdays), cancel);
        (resolution.OrderId, resolution.OrderNumber, resolution.OrderDueOn) = (issued[0].Order.Id, SupervisionDesk.NumberOf(issued[0].Order), issued[0].DueOn);
        return issued[0];
    }

    /// <summary>〔2026〕3号; empty before it has one.</summary>
    public static string NumberOf(Meeting meeting) => meeting is { IssuedOn: { } day, Serial: { } serial }
        ? string.Create(CultureInfo.InvariantCulture, $"〔{day.Year}〕{serial}号")
        : "";

    /// <summary>The first clause, for a title.</summary>
    private static string Short(string text)
    {
        int end = text.IndexOfAny(['，', '。', '；', ',', ';']);
        string clause = end > 0 ? text[..end] : text;
        return clause.Length > SupervisionOrder.LongestTitle ? clause[..SupervisionOrder.LongestTitle] : clause;
    }

    /// <summary>Resolutions are written between the meeting and the draft of its minutes: the leader issues what the leader has read.</summary>
    private async Task<MeetingView> OpenAsync(long id, CancellationToken cancel)
    {
        // Before the stage is read: a draft that is saved in between makes this one stale.
        Meeting? row = await db.Set<Meeting>().FirstOrDefaultAsync(one => one.Id == id, cancel);
        MeetingView meeting = await reading.FindAsync(id, cancel);
        RequireOffice(meeting);
        if (meeting.Row.HeldOn is null)
        {
            throw new Refusal("meeting.not-held");
        }

        if (meeting.Stage != MeetingProcedure.Held)
        {
            throw new Refusal("meeting.minutes-stand");
        }

        row!.Version = await ids.NextAsync(cancel);
        return meeting;
    }

    private Task<bool> IsResolvedAsync(long matter, CancellationToken cancel) => (
        from row in db.Set<Matter>()
        join file in db.Set<Kernel.Procedures.Case>() on row.CaseId equals file.Id
        where row.Id == matter && file.Stage == MatterProcedure.Resolved
        select row.Id).AnyAsync(cancel);

    private void RequireOffice(MeetingView meeting)
    {
        if (!meeting.Office || db.Actor.May(MeetingsModule.Office, Kernel.Identity.Seat.Above, meeting.City.Path) is null)
        {
            throw Refusal.Role();
        }
    }
}
