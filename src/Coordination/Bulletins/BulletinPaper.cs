using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Bulletins;

/// <summary>A bulletin as a paper in the official layout.</summary>
internal sealed class BulletinPaper(PlatformDb db, BulletinsReading reading, Words words, TimeProvider clock)
{
    private static readonly string[] s_tens = ["", "十", "二十", "三十"];

    private const string Digits = "一二三四五六七八九";

    public async Task<byte[]> WriteAsync(BulletinView bulletin, CancellationToken cancel = default)
    {
        OfficialDocument paper = new OfficialDocument().Title(bulletin.Row.Title)
            .Closing(words.Say(bulletin.Row.Edition != bulletin.Row.PublishedEdition ? "bulletins.paper-draft" : "bulletins.paper-number", bulletin.Number)).Empty();
        List<BulletinItem> items = await reading.ItemsAsync(bulletin.Row.Id, bulletin.Row.Edition, cancel);
        foreach (BulletinItem item in items)
        {
            paper.Heading($"{Ordinal(item.Ordinal)}、{item.Heading}");
            foreach (string paragraph in PlainText.Paragraphs(item.Text))
            {
                paper.Paragraph(paragraph);
            }

            if (item.Credit.Length > 0)
            {
                paper.Closing(words.Say("bulletins.credit", item.Credit));
            }
        }

        string city = await db.Set<Organisation>().Where(row => row.Id == bulletin.Row.OrganisationId).Select(row => row.Name).FirstAsync(cancel);
        return paper.Empty().Closing(words.Say("bulletins.paper-office", city))
            .Closing((bulletin.Row.PublishedOn ?? clock.Today()).ToString("yyyy年M月d日", CultureInfo.InvariantCulture)).ToBytes();
    }

    /// <summary>一 … 三十九.</summary>
    internal static string Ordinal(int number) => $"{s_tens[number / 10]}{(number % 10 == 0 ? "" : Digits[(number % 10) - 1])}";
}
