using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Meetings;

/// <summary>The notice that calls a meeting with its agenda (会议通知) and the minutes (会议纪要), in the layout of official documents.</summary>
internal sealed class MeetingPapers(MeetingReading meetings, Agenda agenda, CalendarBook calendars, Words words)
{
    /// <exception cref="Refusal"><c>meeting.not-called</c></exception>
    public async Task<byte[]> NoticeAsync(MeetingView meeting, CancellationToken cancel = default)
    {
        if (meeting.Row is not { StartsAt: { } at, CalledAt: { } called })
        {
            throw new Refusal("meeting.not-called-yet");
        }

        DateTimeOffset local = at.ToOffset(Clock.LegalOffset);
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("meeting.notice-title", Quarter(meeting)))
            .To(words.Say("meeting.notice-to", meeting.Row.UnitNames))
            .Paragraph(words.Say("meeting.notice-line", Quarter(meeting)))
            .Named(words.Say("meeting.notice-time"), words.Say("meeting.notice-at", Day(at.LegalDay()), Weekday(local), local.ToString("HH:mm", CultureInfo.InvariantCulture)))
            .Named(words.Say("meeting.notice-place"), meeting.Row.Place)
            .Named(words.Say("meeting.notice-units"), meeting.Row.UnitNames)
            .Heading(words.Say("meeting.notice-agenda"));
        int number = 0;
        foreach (AgendaLine line in (await agenda.ReadAsync(meeting, cancel)).Where(line => line.DroppedBecause is null))
        {
            number++;
            paper.Paragraph(words.Say("meeting.notice-item", number, line.Text) + (line.Standing.Length == 0 ? words.Say("meeting.notice-end") : words.Say("meeting.notice-standing", line.Standing)));
        }

        return paper.Paragraph(words.Say("meeting.notice-answer"))
            .Empty().Closing(words.Say("meeting.paper-office", meeting.City.Name)).Closing(Day(called.LegalDay())).ToBytes();
    }

    /// <exception cref="Refusal"><c>meeting.not-held</c></exception>
    public async Task<byte[]> MinutesAsync(MeetingView meeting, CancellationToken cancel = default)
    {
        if (meeting.Row.HeldOn is not { } held || (!meeting.Office && meeting.Row.IssuedOn is null))
        {
            throw new Refusal("meeting.not-held");
        }

        OfficialDocument paper = new OfficialDocument()
            .Masthead(words.Say("meeting.minutes-head", meeting.City.Name), ResolutionDesk.NumberOf(meeting.Row) is { Length: > 0 } number ? number : words.Say("meeting.minutes-draft"))
            .Title(words.Say("meeting.minutes-title", Quarter(meeting)))
            .Paragraph(words.Say("meeting.minutes-line", Day(held), meeting.Row.Place, meeting.Row.Chair.Length == 0 ? words.Say("meeting.minutes-someone") : meeting.Row.Chair, Quarter(meeting)));
        foreach (string line in meeting.Row.Minutes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            paper.Paragraph(line);
        }

        IReadOnlyList<Resolution> resolutions = await meetings.ResolutionsAsync(meeting, cancel);
        WorkCalendar calendar = await calendars.CurrentAsync(cancel);
        paper.Heading(words.Say("meeting.minutes-resolutions"));
        foreach (Resolution resolution in resolutions)
        {
            DateOnly due = resolution.DueOn ?? calendar.AddWorkdays(held, resolution.Workdays).DueOn;
            paper.Paragraph(words.Say("meeting.minutes-item", resolution.Ordinal, Ended(resolution.Text),
                resolution.SupportNames.Length == 0 ? words.Say("meeting.minutes-lead", resolution.LeadName) : words.Say("meeting.minutes-units", resolution.LeadName, resolution.SupportNames),
                Day(due)));
        }

        if (resolutions.Count == 0)
        {
            paper.Paragraph(words.Say("meeting.minutes-none"));
        }

        return paper.Named(words.Say("meeting.minutes-present"), Names(meeting.Row.PresentNames)).Named(words.Say("meeting.minutes-absent"), Names(meeting.Row.AbsentNames))
            .Empty().Named(words.Say("meeting.minutes-to"), meeting.Row.UnitNames + "。")
            .Closing(words.Say("meeting.paper-office", meeting.City.Name)).Closing(Day(meeting.Row.IssuedOn ?? held)).ToBytes();
    }

    private string Names(string names) => names.Length == 0 ? words.Say("meeting.minutes-nobody") : names + "。";

    private static string Ended(string text) => text.TrimEnd('。', '；', '.', ';');

    private static string Quarter(MeetingView meeting) => Tight(meeting.Row.Period);

    /// <summary>A period as papers write it: in Chinese without the space that a screen has between figures and characters.</summary>
    internal static string Tight(Period period)
    {
        CultureInfo culture = CultureInfo.CurrentUICulture;
        string label = period.Label(culture);
        return culture.TwoLetterISOLanguageName == "en" ? label : label.Replace(" ", "", StringComparison.Ordinal);
    }

    private string Day(DateOnly day) => words.Say("evaluation.day", day.Year.ToString(CultureInfo.InvariantCulture), day.Month, day.Day);

    private static string Weekday(DateTimeOffset at) => at.ToString("dddd", CultureInfo.CurrentUICulture.Equals(CultureInfo.InvariantCulture) ? CultureInfo.GetCultureInfo("zh-CN") : CultureInfo.CurrentUICulture);
}
