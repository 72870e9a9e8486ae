using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Meetings;

/// <summary>The moves themselves, each by the account that would make it.</summary>
internal sealed class MeetingsPlay(PackRun run, IReadOnlyDictionary<string, string> texts, WorkCalendar calendar)
{
    private static readonly string[] s_agenda = ["agenda-1", "agenda-2", "agenda-3"];

    private readonly List<long> _orders = [];
    private readonly string[] _units = [.. run.Pack.Table("people").Where(row => row["role"] == MeetingsModule.Liaison).Select(row => row["organisation"]).Distinct()];

    public Task Services(Func<IServiceProvider, Task> act) => run.AsPlatformAsync(act);

    public async Task CallAsync(Period quarter, bool last)
    {
        await MeetAsync(MeetingsModule.Office, quarter, (services, meeting) => CallAsync(services, meeting, quarter, last));
        // What was dropped are facts of the day of playing, which that day did not know.
        await run.AsPlatformAsync(async services =>
        {
            PlatformDb db = services.GetRequiredService<PlatformDb>();
            Meeting meeting = await db.Set<Meeting>().FirstAsync(row => row.Period == quarter);
            List<AgendaLine> dropped = await db.Set<AgendaLine>().Where(row => row.MeetingId == meeting.Id && row.DroppedBecause != null).ToListAsync();
            db.RemoveRange(dropped);
            db.Audit("meeting.agenda-drop", new Kernel.Subject(Meeting.SubjectKind, meeting.Id), meeting.CityId, await services.GetRequiredService<Ids>().NextAsync(), $"{dropped.Count}");
            await db.SaveChangesAsync();
        });
    }

    private async Task<MeetingMove> CallAsync(IServiceProvider services, Meeting meeting, Period quarter, bool last)
    {
        Agenda agenda = services.GetRequiredService<Agenda>();
        MeetingView view = await services.GetRequiredService<MeetingReading>().FindAsync(meeting.Id);
        // The facts of the day of playing are not those of that day: its agenda is what the office wrote.
        foreach (AgendaLine line in (await agenda.ReadAsync(view)).Where(line => line.Kind != AgendaKind.Resolution))
        {
            await agenda.DropAsync(view, line.Fact, texts["dropped"], back: false);
        }

        foreach (string key in s_agenda.Take(last ? s_agenda.Length : 1))
        {
            await agenda.AddAsync(view, texts[key]);
        }

        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        DateOnly day = MeetingsPack.Days(calendar, quarter.LastDay, MeetingsPack.HeldAfter);
        return new MeetingMove(MeetingProcedure.Call, null, new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), Clock.LegalOffset), texts["place"], texts["chair"], _units, null, null, null);
    }

    public async Task HoldAsync(Period quarter, bool last)
    {
        await MeetAsync(MeetingsModule.Office, quarter, (_, _) =>
            Task.FromResult(new MeetingMove(MeetingProcedure.Hold, null, null, null, null, null, null, [.. _units.Skip(1)], null)));
        if (!last)
        {
            return;
        }

        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("resolutions"))
        {
            await run.AsAsync(run.Holder(MeetingsModule.Office), async services =>
            {
                PlatformDb db = services.GetRequiredService<PlatformDb>();
                await services.GetRequiredService<ResolutionDesk>().AddAsync((await db.Set<Meeting>().FirstAsync(one => one.Period == quarter)).Id, new ResolutionText(
                    row["text"], row["lead"], row["supports"].Split(' ', StringSplitOptions.RemoveEmptyEntries), int.Parse(row["workdays"], CultureInfo.InvariantCulture), null));
                await db.SaveChangesAsync();
            });
        }
    }

    public async Task IssueAsync(Period quarter, bool last)
    {
        await MeetAsync(MeetingsModule.Office, quarter, (_, _) =>
            Task.FromResult(new MeetingMove(MeetingProcedure.Draft, null, null, null, null, null, null, null, texts[last ? "minutes" : "minutes-short"].Replace('|', '\n'))));
        await MeetAsync(MeetingsModule.Leader, quarter, (_, _) => Task.FromResult(new MeetingMove(MeetingProcedure.Issue, null, null, null, null, null, null, null, null)));
        if (!last)
        {
            return;
        }

        for (int i = 0; i < run.Pack.Table("resolutions").Count; i++)
        {
            int number = i + 1;
            await run.AsAsync(run.Holder(MeetingsModule.Office), async services =>
            {
                PlatformDb db = services.GetRequiredService<PlatformDb>();
                long id = await (from row in db.Set<Resolution>()
                                 join meeting in db.Set<Meeting>() on row.MeetingId equals meeting.Id
                                 where meeting.Period == quarter && row.Ordinal == number
                                 select row.Id).FirstAsync();
                _orders.Add((await services.GetRequiredService<ResolutionDesk>().OrderAsync(id)).Order.Id);
                await db.SaveChangesAsync();
            });
        }
    }

    public Task MoveAsync(int number, IReadOnlyDictionary<string, string> row, string[] move) => SupervisionPack.MoveAsync(
        run, _orders[number], row["lead"], move[1], move.Length > 2 ? int.Parse(move[2], CultureInfo.InvariantCulture) : null, row["note"]);

    public async Task ReportAsync(Period half)
    {
        foreach ((string role, string action) in new[]
        {
            (MeetingsModule.Office, ReportProcedure.SendToReview), (MeetingsModule.Statistician, ReportProcedure.Check), (MeetingsModule.Office, ReportProcedure.Submit),
        })
        {
            run.Pass(40);
            await WriteAsync(half, role, action, "problems", "next-steps");
        }
    }

    public Task DraftAsync(Period half) => WriteAsync(half, MeetingsModule.Office, ReportProcedure.Save, "problems-draft", "next-steps-draft");

    public async Task MatterAsync(IReadOnlyDictionary<string, string> row)
    {
        long id = 0;
        string unit = row["unit"];
        await run.AsAsync(run.Holder(MeetingsModule.Liaison, unit), async services =>
        {
            (Matter matter, _) = await services.GetRequiredService<MatterDesk>().ProposeAsync(new MatterText(unit, row["title"], row["text"], row["proposal"]));
            id = matter.Id;
            await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
        });
        await MoveMatterAsync(id, run.Holder(MeetingsModule.Liaison, unit), new MatterMove(MatterProcedure.Submit, null, null, null));
        run.Pass(90);
        if (row["asked"].Length == 0)
        {
            return;
        }

        string[] asked = row["asked"].Split(' ');
        await MoveMatterAsync(id, run.Holder(MeetingsModule.Office), new MatterMove(MatterProcedure.AskOpinions, null, asked, int.Parse(row["window"], CultureInfo.InvariantCulture)));
        foreach (string[] given in row["opinions"].Split('；', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 3)))
        {
            run.Pass(60);
            await run.AsAsync(run.Holder(MeetingsModule.Liaison, given[0]), async services =>
            {
                MatterReading reading = services.GetRequiredService<MatterReading>();
                OpinionView opinion = (await reading.OpinionsAsync(await reading.FindAsync(id)))[0];
                await services.GetRequiredService<MatterDesk>().GiveAsync(id, given[0], given[1], given[2], opinion.Version);
                await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
            });
        }

        if (row["stage"] == MatterProcedure.Ready)
        {
            await MoveMatterAsync(id, run.Holder(MeetingsModule.Office), new MatterMove(MatterProcedure.CloseOpinions, null, null, null));
        }
    }

    private Task MoveMatterAsync(long id, string user, MatterMove move) => run.AsAsync(user, async services =>
    {
        MatterView matter = await services.GetRequiredService<MatterReading>().FindAsync(id);
        await services.GetRequiredService<MatterDesk>().MoveAsync(id, matter.Version, move);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });

    private Task MeetAsync(string role, Period quarter, Func<IServiceProvider, Meeting, Task<MeetingMove>> move) => run.AsAsync(run.Holder(role), async services =>
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        Meeting meeting = await db.Set<Meeting>().AsNoTracking().FirstAsync(row => row.Period == quarter);
        MeetingMove made = await move(services, meeting);
        MeetingView view = await services.GetRequiredService<MeetingReading>().FindAsync(meeting.Id);
        await services.GetRequiredService<MeetingDesk>().MoveAsync(meeting.Id, view.Version, made);
        await db.SaveChangesAsync();
    });

    private Task WriteAsync(Period half, string role, string action, string problems, string next) => run.AsAsync(run.Holder(role), async services =>
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        HalfReport report = await db.Set<HalfReport>().AsNoTracking().FirstAsync(row => row.Period == half);
        ReportView view = await services.GetRequiredService<ReportDesk>().FindAsync(report.Id);
        await services.GetRequiredService<ReportDesk>().MoveAsync(report.Id, view.Version, new ReportMove(action, null, texts[problems].Replace('|', '\n'), texts[next].Replace('|', '\n')));
        await db.SaveChangesAsync();
    });
}
