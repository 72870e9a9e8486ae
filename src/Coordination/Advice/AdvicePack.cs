using System.Globalization;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Advice;

/// <summary>Plays a pack's committee: each row of <c>advice.csv</c> is one act of one person, so many working days ago.</summary>
internal sealed class AdvicePack(PackRun run)
{
    private const string Committee = "340500-advice";

    private static readonly string[] s_questions = ["技术上是否可行、标准定多少合适？", "实施中还要注意什么？"];

    private readonly Dictionary<string, long> _ids = [];

    private string Office => run.Holder(AdviceModule.Office);

    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        var player = new AdvicePack(run);
        // The clock only goes on; acts of one day stand in the order of the table.
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("advice").OrderByDescending(row => Whole(row["workdaysAgo"])))
        {
            run.GoTo(Whole(row["workdaysAgo"]));
            run.Pass(10);
            await player.PlayAsync(row);
        }
    });

    private Task PlayAsync(IReadOnlyDictionary<string, string> row)
    {
        (string act, string key, string title, string text, string with, string unit) = (row["act"], row["key"], row["title"], row["text"].Replace('|', '\n'), row["with"], row["unit"]);
        return act switch
        {
            "charter" => AsAsync(Office, services => services.GetRequiredService<ExpertBook>().AdoptAsync(unit, text, null, run.Today.AddDays(Whole(with)))),
            "expert" => AsAsync(Office, async services => _ids[key] = (await services.GetRequiredService<ExpertBook>().AddAsync(
                new ExpertText(Committee, title, with, unit, text, null, run.Today.AddDays(730)))).Id),
            "tie" => AsAsync(Office, services => services.GetRequiredService<ExpertBook>().TieAsync(_ids[key], new ConflictText(unit, title, null, null, text))),
            "session" => AsAsync(Office, async services => _ids[key] = (await services.GetRequiredService<ExpertBook>().PlanAsync(unit, title, null, text)).Id),
            "session-move" => AsAsync(Office, async services =>
            {
                SessionView seen = (await services.GetRequiredService<AdviceReading>().SessionsAsync()).First(one => one.Row.Id == _ids[key]);
                await services.GetRequiredService<ExpertBook>().MoveSessionAsync(_ids[key], seen.CaseVersion, title, text);
            }),
            "study" => AsAsync(unit, async services => _ids[key] = (await services.GetRequiredService<StudyDesk>().ProposeAsync(Committee, title, text)).Id),
            "study-move" => MoveStudyAsync(key, title, text, unit),
            "decide" => AsAsync(Office, async services =>
            {
                Proposal proposal = (await services.GetRequiredService<AdviceReading>().ProposalsAsync(_ids[key]))[Whole(unit) - 1];
                string[] link = with.Split(' ');
                await services.GetRequiredService<StudyDesk>().DecideAsync(_ids[key], proposal.Id,
                    new ProposalDecision(title, text, link[0], link.ElementAtOrDefault(1), link.ElementAtOrDefault(2)), proposal.Version);
            }),
            _ => InquireAsync(act, key, title, text, with, unit),
        };
    }

    private Task MoveStudyAsync(string key, string action, string text, string expert) =>
        AsAsync(action == StudyProcedure.Approve ? run.Holder(AdviceModule.Approver) : expert.Length > 0 ? expert : Office, async services =>
        {
            StudyView seen = await services.GetRequiredService<AdviceReading>().StudyAsync(_ids[key]);
            long? file = null;
            if (action == StudyProcedure.Report)
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
                file = (await services.GetRequiredService<EvidenceStore>().AddAsync(seen.Row.OrganisationId, "研究报告.txt", content)).Id;
            }

            await services.GetRequiredService<StudyDesk>().MoveAsync(_ids[key], seen.CaseVersion, action, null, file, text.Split('\n'));
        });

    private Task InquireAsync(string act, string key, string title, string text, string with, string unit) => act switch
    {
        "ask" => AsAsync(run.Holder(AdviceModule.Unit, unit), async services => _ids[key] = (await services.GetRequiredService<InquiryBook>().AskAsync(
            new InquiryText(unit, title, text, with, s_questions, null, null))).Id),
        "party" => AsAsync(Office, services => services.GetRequiredService<InquiryBook>().AddPartyAsync(_ids[key], unit)),
        "assign" => AsAsync(Office, async services => await services.GetRequiredService<InquiryDesk>().AssignAsync(
            _ids[key], await VersionAsync(services, key), [.. with.Split(' ').Select(expert => _ids[expert])], null)),
        "give" => AsAsync(title, async services =>
        {
            Assignment asked = (await services.GetRequiredService<AdviceReading>().MineAsync()).First(row => row.InquiryId == _ids[key]);
            await services.GetRequiredService<OpinionDesk>().GiveAsync(asked.Id, text.Split('\n'), asked.Version);
        }),
        "answer" => AsAsync(run.Holder(AdviceModule.Unit, unit), async services =>
        {
            AdviceOpinion opinion = (await services.GetRequiredService<AdviceReading>().OpinionsAsync(_ids[key]))[Whole(with) - 1];
            await services.GetRequiredService<InquiryDesk>().AnswerAsync(_ids[key], opinion.Id, title, text, opinion.Version);
        }),
        "hand-over" or "close" => AsAsync(unit.Length > 0 ? run.Holder(AdviceModule.Unit, unit) : Office, async services =>
            await services.GetRequiredService<InquiryDesk>().MoveAsync(_ids[key], await VersionAsync(services, key), act, null)),
        _ => throw new InvalidDataException($"advice.csv: {act}"),
    };

    private async Task<long> VersionAsync(IServiceProvider services, string key) => (await services.GetRequiredService<AdviceReading>().InquiryAsync(_ids[key])).CaseVersion;

    private Task AsAsync(string userName, Func<IServiceProvider, Task> act) => run.AsAsync(userName, async services =>
    {
        await act(services);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
