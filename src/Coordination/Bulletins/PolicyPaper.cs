using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A policy document and what became of the comments on it, as papers in the official layout.</summary>
internal sealed class PolicyPaper(PlatformDb db, PolicyReading reading, Words words, TimeProvider clock)
{
    private static readonly int[] s_shares = [20, 34, 14, 32];

    private static readonly string[] s_columns = ["by", "text", "outcome", "answer"];

    /// <summary>The version that stands in force, or the last one while there is none.</summary>
    public async Task<byte[]> WriteAsync(PolicyView policy, CancellationToken cancel = default)
    {
        List<PolicyVersion> versions = await reading.VersionsAsync(policy.Row.Id, cancel);
        PolicyVersion shown = versions.Find(row => row.Ordinal == policy.Row.IssuedOrdinal) ?? versions[^1];
        OfficialDocument paper = new OfficialDocument().Title(shown.Title);
        if (policy.Row.Number.Length > 0)
        {
            paper.Closing(policy.Row.Number).Empty();
        }

        foreach (string paragraph in PlainText.Paragraphs(shown.Text))
        {
            paper.Paragraph(paragraph);
        }

        return paper.Empty().Closing(await OfficeAsync(policy, cancel)).Closing(Day(shown.IssuedOn ?? clock.Today())).ToBytes();
    }

    /// <summary>征求意见采纳情况: each comment, what became of it and why.</summary>
    public async Task<byte[]> WriteCommentsAsync(PolicyView policy, CancellationToken cancel = default)
    {
        List<CommentView> comments = await reading.CommentsAsync(policy.Row.Id, cancel);
        List<PublicComment> others = await reading.OfPublicAsync(policy.Row.Id, cancel);
        IReadOnlyList<string>[] rows =
        [
            .. comments.OrderBy(one => one.Row.Id).Select(one => (IReadOnlyList<string>)[one.UnitName, one.Row.Text, words.Say($"stage.{CommentProcedure.Code}.{one.Stage}"), one.Row.Answer]),
            .. others.OrderBy(one => one.Id).Select(one => (IReadOnlyList<string>)
            [
                one.Name.Length == 0 ? words.Say("policies.of-public") : words.Say("policies.of-public-named", one.Name), one.Text,
                words.Say(one.Outcome.Length == 0 ? "policies.unanswered" : $"stage.{CommentProcedure.Code}.{one.Outcome}"), one.Answer,
            ]),
        ];
        int adopted = comments.Count(one => one.Stage == CommentProcedure.Adopted) + others.Count(one => one.Outcome == PublicComment.Adopted);
        int refused = comments.Count(one => one.Stage == CommentProcedure.Refused) + others.Count(one => one.Outcome == PublicComment.Refused);
        return new OfficialDocument().Title(words.Say("policies.comments-title", policy.Row.Title))
            .Paragraph(words.Say("policies.comments-line", comments.Count, others.Count, adopted, refused))
            .Table([.. s_columns.Select(column => words.Say($"policies.column.{column}"))], s_shares, rows)
            .Closing(await OfficeAsync(policy, cancel)).Closing(Day(clock.Today())).ToBytes();
    }

    private async Task<string> OfficeAsync(PolicyView policy, CancellationToken cancel) =>
        words.Say("bulletins.paper-office", await db.Set<Organisation>().Where(row => row.Id == policy.Row.OrganisationId).Select(row => row.Name).FirstAsync(cancel));

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
