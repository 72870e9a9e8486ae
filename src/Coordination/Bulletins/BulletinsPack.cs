using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Packs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Bulletins;

/// <summary>Plays a pack's contributions, bulletins and policy documents: each row of <c>bulletins.csv</c> is one act of one person, so many working days ago.</summary>
internal sealed class BulletinsPack(PackRun run)
{
    private readonly Dictionary<string, long> _ids = [];

    private string Editor => run.Holder(BulletinsModule.Editor);

    public static Task LoadAsync(PackRun run) => run.AsideAsync(async () =>
    {
        var player = new BulletinsPack(run);
        // The clock only goes on; acts of one day stand in the order of the table.
        foreach (IReadOnlyDictionary<string, string> row in run.Pack.Table("bulletins").OrderByDescending(row => int.Parse(row["workdaysAgo"], CultureInfo.InvariantCulture)))
        {
            run.GoTo(int.Parse(row["workdaysAgo"], CultureInfo.InvariantCulture));
            run.Pass(10);
            await player.PlayAsync(row);
        }

        await run.AsPlatformAsync(services => services.GetRequiredService<PolicyClock>().RunAsync());
    });

    /// <summary>A thing is named by its key; a move by its thing's key, the action and what goes with it.</summary>
    private Task PlayAsync(IReadOnlyDictionary<string, string> row)
    {
        (string act, string key, string title, string text, string with) = (row["act"], row["key"], row["title"], row["text"].Replace('|', '\n'), row["with"]);
        return act switch
        {
            "contribute" => AsAsync(run.Holder(BulletinsModule.Contributor, row["unit"]), async services =>
                _ids[key] = (await services.GetRequiredService<ContributionDesk>().WriteAsync(new ContributionText(row["unit"], title, text, with, null, 0))).Id),
            "contribution" => AsAsync(title == ContributionProcedure.Decline ? Editor : run.Holder(BulletinsModule.Contributor, row["unit"]), async services =>
            {
                ContributionView seen = await services.GetRequiredService<BulletinsReading>().ContributionAsync(_ids[key]);
                await services.GetRequiredService<ContributionDesk>().MoveAsync(_ids[key], seen.CaseVersion, title, text);
            }),
            "bulletin" => AsAsync(Editor, async services => _ids[key] = (await services.GetRequiredService<BulletinDesk>().OpenAsync(title, with)).Id),
            "take" => AsAsync(Editor, async services =>
            {
                BulletinView seen = await services.GetRequiredService<BulletinsReading>().BulletinAsync(_ids[key]);
                await services.GetRequiredService<BulletinDesk>().TakeAsync(_ids[key], [.. with.Split(' ').Select(one => _ids[one])], seen.Row.Version);
            }),
            "item" => AsAsync(Editor, async services =>
            {
                BulletinView seen = await services.GetRequiredService<BulletinsReading>().BulletinAsync(_ids[key]);
                await services.GetRequiredService<BulletinDesk>().WriteAsync(_ids[key], new ItemText(null, title, text, with, null, seen.Row.Version));
            }),
            "move" => AsAsync(title is BulletinProcedure.Publish or BulletinProcedure.SendBack ? run.Holder(BulletinsModule.Approver) : Editor, async services =>
            {
                BulletinView seen = await services.GetRequiredService<BulletinsReading>().BulletinAsync(_ids[key]);
                await services.GetRequiredService<BulletinMoves>().MoveAsync(_ids[key], seen.CaseVersion, title, text, false);
            }),
            _ => PolicyAsync(act, key, title, text, with, row["unit"]),
        };
    }

    private Task PolicyAsync(string act, string key, string title, string text, string with, string unit) => act switch
    {
        "policy" => AsAsync(Editor, async services => _ids[key] = (await services.GetRequiredService<PolicyDesk>().DraftAsync(title, text)).Id),
        "rewrite" => AsAsync(Editor, async services =>
        {
            PolicyView seen = await services.GetRequiredService<PolicyReading>().FindAsync(_ids[key]);
            await services.GetRequiredService<PolicyDesk>().RewriteAsync(_ids[key], title, text, seen.Row.Version);
        }),
        "check" => AsAsync(Editor, async services =>
        {
            PolicyView seen = await services.GetRequiredService<PolicyReading>().FindAsync(_ids[key]);
            await services.GetRequiredService<PolicyDesk>().CheckAsync(_ids[key], new CheckText(with, PolicyCheck.Passed, title, text, null, seen.Row.Version));
        }),
        "policy-move" => AsAsync(title == PolicyProcedure.Issue ? run.Holder(BulletinsModule.Approver) : Editor, async services =>
        {
            PolicyView seen = await services.GetRequiredService<PolicyReading>().FindAsync(_ids[key]);
            await services.GetRequiredService<PolicyMoves>().MoveAsync(_ids[key], seen.CaseVersion, MoveOf(title, text, with, unit));
        }),
        "say" => AsAsync(Editor, services => services.GetRequiredService<Consultation>().SayAsync(_ids[key], title, text)),
        "comment" => AsAsync(title is CommentProcedure.Comment or CommentProcedure.Agree ? run.Holder(BulletinsModule.Contributor, unit) : Editor, async services =>
        {
            long policy = _ids[key];
            long comment = await services.GetRequiredService<PlatformDb>().Set<PolicyComment>().Where(row => row.PolicyId == policy
                && services.GetRequiredService<PlatformDb>().Set<Kernel.Organisations.Organisation>().Any(one => one.Id == row.OrganisationId && one.Code == unit)).Select(row => row.Id).FirstAsync();
            CommentView seen = await services.GetRequiredService<PolicyReading>().CommentAsync(comment);
            await services.GetRequiredService<Consultation>().MoveAsync(comment, seen.CaseVersion, title, text);
        }),
        _ => throw new InvalidDataException($"bulletins.csv: {act}"),
    };

    /// <summary>Calendar days from today: <c>until=12</c>; a document's <c>number=1</c> is one of the running year.</summary>
    private PolicyMove MoveOf(string action, string text, string with, string units)
    {
        Dictionary<string, string> figures = with.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        DateOnly? Day(string name) => figures.TryGetValue(name, out string? days) ? run.Today.AddDays(int.Parse(days, CultureInfo.InvariantCulture)) : null;
        bool issues = action == PolicyProcedure.Issue;
        return new PolicyMove(action, issues || text.Length == 0 ? null : text, units.Split(' ', StringSplitOptions.RemoveEmptyEntries), Day("until"), figures.ContainsKey("public"),
            issues ? $"磁办〔{run.Today.Year}〕{figures["number"]}号" : null, issues ? text : null, Day("from"));
    }

    private Task AsAsync(string userName, Func<IServiceProvider, Task> act) => run.AsAsync(userName, async services =>
    {
        await act(services);
        await services.GetRequiredService<PlatformDb>().SaveChangesAsync();
    });
}
