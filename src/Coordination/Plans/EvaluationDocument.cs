using System.Globalization;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Plans;

/// <summary>The evaluation report as a draft in the layout of official documents, from the figures it kept.</summary>
internal sealed class EvaluationDocument(Words words)
{
    public byte[] Write(Plan plan, Evaluation evaluation, IReadOnlyList<OpinionText> opinions)
    {
        EvaluationFigures counted = EvaluationDesk.FiguresOf(evaluation);
        OfficialDocument document = new OfficialDocument()
            .Title(evaluation.Title)
            .Paragraph(words.Say("evaluation.basis", plan.Name, plan.DocumentNumber, Day(evaluation.CountedTo)))
            .Heading(words.Say("evaluation.doc-overall"))
            .Paragraph(words.Say("evaluation.doc-figures", counted.Measures, counted.Done, counted.Late, counted.Due, counted.Confirmed,
                Progress.Percent(counted.Progress), Progress.Percent(counted.Path)))
            .Paragraph(words.Say("evaluation.doc-changes", counted.Changes, counted.Carried, counted.Problems, counted.Closed));
        foreach (string line in evaluation.Findings.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            document.Paragraph(line);
        }

        document.Heading(words.Say("evaluation.doc-objectives")).Table(
            [words.Say("plans.chapter"), words.Say("plans.element.objective"), words.Say("plans.progress"), words.Say("evaluation.path")], [16, 48, 18, 18],
            counted.Objectives.Select(one => (IReadOnlyList<string>)
                [words.Say($"chapter.{one.Chapter}"), one.Title, Progress.Percent(one.Progress), Progress.Percent(one.Path)]));
        document.Heading(words.Say("evaluation.doc-indicators"));
        if (counted.Indicators.Count == 0)
        {
            document.Paragraph(words.Say("evaluation.no-indicators"));
        }
        else
        {
            document.Table(
                [words.Say("evaluation.indicator"), words.Say("plans.quarter"), words.Say("evaluation.target"), words.Say("evaluation.value"), words.Say("evaluation.reached")],
                [36, 16, 18, 18, 12],
                counted.Indicators.Select(one => (IReadOnlyList<string>)
                    [$"{one.Name}（{one.Unit}）", one.Period, one.Target, one.Value, words.Say(Reached(one))]));
        }

        document.Heading(words.Say("evaluation.doc-late"));
        if (counted.LateMeasures.Count == 0)
        {
            document.Paragraph(words.Say("statement.none"));
        }
        else
        {
            document.Table([words.Say("plans.measure"), words.Say("plans.lead"), words.Say("plans.progress"), words.Say("evaluation.path")], [46, 28, 13, 13],
                counted.LateMeasures.Select(one => (IReadOnlyList<string>)[$"{one.Code} {one.Title}", one.Lead, Progress.Percent(one.Progress), Progress.Percent(one.Path)]));
        }

        document.Heading(words.Say("evaluation.doc-opinions"));
        if (opinions.Count == 0)
        {
            document.Paragraph(words.Say("evaluation.no-opinions"));
        }

        foreach (OpinionText one in opinions)
        {
            document.Paragraph(words.Say("evaluation.doc-opinion", one.Unit, one.Text, one.Answer ?? "—"));
        }

        document.Heading(words.Say("evaluation.doc-advice"));
        foreach (string line in (evaluation.Advice.Length == 0 ? words.Say("evaluation.no-advice") : evaluation.Advice)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            document.Paragraph(line);
        }

        return document.Empty()
            .Closing(words.Say("statement.sign-group"))
            .Closing(evaluation.IssuedOn is { } day ? $"{evaluation.DocumentNumber}　{Day(day)}" : words.Say("evaluation.not-issued"))
            .ToBytes();
    }

    /// <summary>Key of the word that says whether a target was reached.</summary>
    public static string Reached(IndicatorFigures one) => one.Reached switch
    {
        true => "evaluation.reached-yes",
        false => "evaluation.reached-no",
        null => "evaluation.reached-open",
    };

    private string Day(DateOnly day) => words.Say("evaluation.day", day.Year.ToString(CultureInfo.InvariantCulture), day.Month, day.Day);
}
