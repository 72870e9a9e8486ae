using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Advice;

/// <summary>The opinions on an inquiry with what the unit made of each (咨询意见汇总), in the official layout.</summary>
internal sealed class AdvicePaper(AdviceReading reading, Words words, TimeProvider clock)
{
    private static readonly int[] s_shares = [22, 42, 12, 24];

    private static readonly string[] s_columns = ["expert", "opinion", "outcome", "answer"];

    public async Task<byte[]> WriteAsync(InquiryView inquiry, CancellationToken cancel = default)
    {
        List<InquiryQuestion> questions = await reading.QuestionsAsync(inquiry.Row.Id, cancel);
        ILookup<int, AdviceOpinion> opinions = (await reading.OpinionsAsync(inquiry.Row.Id, cancel)).ToLookup(row => row.Ordinal);
        OfficialDocument paper = new OfficialDocument().Title(words.Say("advice.paper-title", inquiry.Row.Title))
            .Paragraph(words.Say("advice.paper-line", inquiry.UnitName, questions.Count, opinions.Sum(group => group.Count())));
        foreach (InquiryQuestion question in questions)
        {
            paper.Heading(words.Say("advice.paper-question", question.Ordinal, question.Text)).Table(
                [.. s_columns.Select(column => words.Say($"advice.column.{column}"))], s_shares,
                opinions[question.Ordinal].Select(row => (IReadOnlyList<string>)
                [
                    words.Say("advice.paper-expert", row.ExpertName, row.Employer), row.Text,
                    words.Say(row.Outcome.Length == 0 ? "advice.unanswered-word" : $"advice.outcome.{row.Outcome}"), row.Answer,
                ]));
        }

        string city = await reading.CityOfAsync(inquiry.Row, cancel);
        // Dated by the day on which the unit closed it; before that it is a draft of the day.
        DateOnly day = inquiry.Stage == InquiryProcedure.Closed ? inquiry.Since.LegalDay() : clock.Today();
        return paper.Closing(words.Say("advice.paper-office", city)).Closing(day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)).ToBytes();
    }
}
