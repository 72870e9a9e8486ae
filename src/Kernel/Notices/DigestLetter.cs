using System.Globalization;
using System.Text;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Web;
using MimeKit;

namespace Lodestone.Kernel.Notices;

/// <summary>What is new for a reader: titles and links, no figures.</summary>
/// <param name="More">Lines beyond those written.</param>
internal sealed record DigestContent(IReadOnlyList<InboxLine> Lines, int More)
{
    public const int MostLines = 50;

    public static DigestContent Of(IReadOnlyList<InboxLine> lines) =>
        new([.. lines.Take(MostLines)], Math.Max(0, lines.Count - MostLines));
}

/// <summary>Writes a digest as a letter and as a webhook's body, in Chinese: who reads it is not at a screen that could say a language.</summary>
internal sealed class DigestLetter(Words words, DigestSettings settings)
{
    private const int LongestTitle = 200;

    public static CultureInfo Language { get; } = CultureInfo.GetCultureInfo("zh-CN");

    /// <param name="upTo">With the user it names the letter, so that a mail program recognises one that came twice.</param>
    public MimeMessage Letter(NoticeDigest digest, string displayName, DigestContent content, long upTo, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine(words.Say("digest.greeting", displayName)).AppendLine();
        foreach (InboxLine line in content.Lines)
        {
            text.AppendLine(words.Say("digest.line", words.Say($"notice.{line.Kind}"), Plain(line.Title), line.Organisation));
            text.AppendLine(settings.LinkTo(line.Place)).AppendLine();
        }

        if (content.More > 0)
        {
            text.AppendLine(words.Say("digest.more", content.More)).AppendLine(settings.LinkTo("/notices")).AppendLine();
        }

        text.AppendLine(words.Say("digest.foot", settings.LinkTo("/account")));
        var letter = new MimeMessage
        {
            Subject = words.Say("digest.subject", content.Lines.Count + content.More),
            Date = now.ToOffset(Clock.LegalOffset),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"digest.{digest.UserId}.{upTo}@{settings.BaseAddress?.IdnHost ?? "lodestone"}"),
            Body = new TextPart("plain") { Text = text.ToString() },
        };
        letter.From.Add(new MailboxAddress(words.Say("frame.product"), settings.Mail!.From));
        letter.To.Add(new MailboxAddress(displayName, digest.Address));
        return letter;
    }

    /// <param name="organisation">Code of whose webhook it is.</param>
    public byte[] Body(string organisation, DigestContent content, DateTimeOffset now) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            organisation,
            day = DigestSchedule.DayOf(now),
            notices = content.Lines.Select(line => new
            {
                line.Id,
                line.Kind,
                what = words.Say($"notice.{line.Kind}"),
                title = Plain(line.Title),
                line.Organisation,
                link = settings.LinkTo(line.Place),
                line.At,
            }),
            content.More,
        }, Json.Options);

    /// <summary>One line, whatever somebody wrote into a title.</summary>
    private static string Plain(string title)
    {
        string line = string.Concat(title.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > LongestTitle ? $"{line[..LongestTitle]}…" : line;
    }
}
