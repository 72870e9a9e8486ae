using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Accountability;

/// <summary>The decision as a draft in the layout of official documents, dated by the day of the decision: facts, what was verified, what the unit stated, what was decided.</summary>
internal sealed class AccountabilityPaper(AccountabilityReading reading, Words words)
{
    /// <exception cref="Refusal"><c>request.not-found</c>, <c>accountability.undecided</c></exception>
    public async Task<byte[]> WriteAsync(long id, CancellationToken cancel = default)
    {
        MatterView matter = await reading.FindAsync(id, cancel);
        if (matter.Matter.Measure is not { } measure)
        {
            throw new Refusal("accountability.undecided");
        }

        IReadOnlyList<StepLine> steps = await reading.StepsAsync(matter, cancel);
        var paper = new OfficialDocument().Title(words.Say("accountability.paper-title", matter.UnitName)).Heading(words.Say("accountability.paper-facts"));
        foreach (FactView fact in await reading.FactsAsync(matter, cancel))
        {
            paper.Paragraph(words.Say("accountability.paper-fact", fact.Order.Number, fact.Order.Order.Title, fact.Fact.WorkdaysLate));
        }

        paper.Heading(words.Say("accountability.paper-found")).Paragraph(Note(steps, AccountabilityProcedure.Find))
            .Heading(words.Say("accountability.paper-stated")).Paragraph(steps.Any(step => step.Action == AccountabilityProcedure.State)
                ? Note(steps, AccountabilityProcedure.State) : words.Say("accountability.paper-silent"))
            .Heading(words.Say("accountability.paper-decided")).Paragraph(words.Say("accountability.paper-decision", words.Say($"accountability.measure.{measure}"), Note(steps, AccountabilityProcedure.Decide)));
        return paper.Closing(words.Say("accountability.paper-group")).Closing(steps.Last(step => step.Action == AccountabilityProcedure.Decide).At.LegalDay().ToString("yyyy年M月d日", CultureInfo.InvariantCulture)).ToBytes();
    }

    private static string Note(IReadOnlyList<StepLine> steps, string action) => steps.Last(step => step.Action == action).Note ?? "";
}
