using System.Globalization;
using Lodestone.Coordination.Assessment.Pages;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Assessment;

/// <summary>The papers of an assessment as drafts in the layout of official documents: the method, a unit's feedback, the year's notice.</summary>
internal sealed class AssessmentPapers(RunBook runs, CalendarBook calendars, Words words)
{
    /// <summary>The method (考核办法) as the scheme's version states it.</summary>
    public byte[] Method(SchemeVersion version)
    {
        Scheme scheme = version.Read();
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("paper.method-title", scheme.Code, version.Version))
            .Heading(words.Say("paper.method-1"))
            .Paragraph(words.Say("paper.method-basis"))
            .Heading(words.Say("paper.method-2"))
            .Paragraph(words.Say("paper.method-full", scheme.Criteria.Count, Figures.Plain(scheme.Full)))
            .Table(
                [words.Say("lineage.measure"), words.Say("board.criterion"), words.Say("board.weight"), words.Say("lineage.rule")],
                [14, 28, 12, 46],
                scheme.Criteria.Select(row => (IReadOnlyList<string>)[Measure(row.Measure), row.Name, Figures.Weight(row), Figures.Rule(words, row.Rule)]))
            .Paragraph(words.Say("paper.method-points"));
        foreach (string kind in scheme.Criteria.Select(Kind).OfType<string>().Distinct())
        {
            paper.Paragraph(words.Say($"paper.method-{kind}"));
        }

        paper.Heading(words.Say("paper.method-3"))
            .Paragraph(string.Join('；', Grading.BestFirst(scheme).Select(grade => words.Say("paper.method-grade", grade.Name, Figures.Plain(grade.From)))) + "。");
        foreach (GradeQuota quota in scheme.Quotas)
        {
            paper.Paragraph(words.Say("paper.method-quota", quota.Grade, Figures.Percent(quota.Share)));
        }

        return paper
            .Paragraph(words.Say("paper.method-ties"))
            .Heading(words.Say("paper.method-4"))
            .Paragraph(words.Say("paper.method-year"))
            .Heading(words.Say("paper.method-5"))
            .Paragraph(words.Say("paper.method-feedback", FeedbackProcedure.SigningWorkdays, AppealProcedure.FilingWorkdays, AppealProcedure.DecidingWorkdays))
            .Paragraph(words.Say("paper.method-rectify", RectificationProcedure.SubmittingWorkdays))
            .Paragraph(words.Say("paper.method-reward"))
            .Paragraph(words.Say("paper.method-opinions"))
            .ToBytes();
    }

    /// <summary>What is fed back to one unit, with a place to sign.</summary>
    /// <exception cref="Refusal"><c>request.not-found</c>: not a unit of the round that the actor may see, or not released.</exception>
    public async Task<byte[]> FeedbackAsync(OpenedRound opened, string unit, CancellationToken cancel = default)
    {
        if (!opened.Units.ContainsKey(unit) || await FileAppeal.LastDayAsync(opened.Round, calendars, cancel) is not { } last)
        {
            throw Refusal.NotFound();
        }

        Board board = Board.Of(await runs.InForceAsync(opened.Round, cancel));
        BoardRow row = board.Rows.First(one => one.Result.Unit == unit);
        string period = opened.Round.Period.Label(CultureInfo.CurrentCulture);
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("paper.feedback-title", period))
            .Paragraph(words.Say("paper.feedback-to", row.Name))
            .Paragraph(words.Say("paper.feedback-result", period, Figures.Points(row.Result.Total), row.Result.Grade ?? words.Say("board.no-grade"),
                row.Result.Rank, board.PeersOf(row)))
            .Table(
                [words.Say("board.criterion"), words.Say("board.weight"), words.Say("board.points"), words.Say("paper.remark")],
                [40, 14, 14, 32],
                board.Scheme.Criteria.Zip(row.Result.Criteria, (criterion, result) => (IReadOnlyList<string>)
                    [criterion.Name, Figures.Weight(criterion), Figures.Points(result.Points), Remark(criterion, result)]))
            .Paragraph(words.Say("paper.feedback-appeal", Chinese(last)));
        if (FollowUp.MustRectify(board.Scheme, row.Result))
        {
            paper.Paragraph(words.Say("paper.feedback-rectify", RectificationProcedure.SubmittingWorkdays));
        }

        return paper.Paragraph(words.Say("paper.feedback-opinion")).Empty()
            .Closing(words.Say("paper.sign-person"))
            .Closing(words.Say("paper.sign-day"))
            .ToBytes();
    }

    /// <summary>The notice of the year's results (通报).</summary>
    public byte[] Year(YearView year)
    {
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("paper.year-title", year.Year))
            .Paragraph(words.Say("paper.year-basis", year.Year, year.Scheme.Code, year.SchemeVersion, year.Released.Count, year.Units.Count));
        int[] absent = [.. Enumerable.Range(1, YearRollup.Quarters).Except(year.Released)];
        if (absent.Length > 0)
        {
            paper.Paragraph(words.Say("paper.year-absent", string.Join('、', absent.Select(Quarter))));
        }

        foreach (IGrouping<string?, YearUnit> group in year.Units.GroupBy(unit => unit.Group))
        {
            if (group.Key is { } name)
            {
                paper.SubHeading(name);
            }

            paper.Table(
                [words.Say("board.rank"), words.Say("board.unit"), .. year.Released.Select(Quarter), words.Say("year.total"), words.Say("board.grade")],
                [10, 60 - 12 * year.Released.Count + 4, .. year.Released.Select(_ => 12), 14, 12],
                group.Select(unit => (IReadOnlyList<string>)
                [
                    $"{unit.Rank}", year.Names[unit.Unit],
                    .. year.Released.Select(quarter => unit.Quarters.FirstOrDefault(one => one.Quarter == quarter) is { } found ? Figures.Points(found.Total) : "—"),
                    Figures.Points(unit.Total), unit.Grade ?? words.Say("board.no-grade"),
                ]));
        }

        foreach (YearUnit unit in year.Units.Where(unit => unit.Missing.Except(absent).Any()))
        {
            paper.Paragraph(words.Say("paper.year-missing", year.Names[unit.Unit], string.Join('、', unit.Missing.Except(absent).Select(Quarter))));
        }

        foreach (YearUnit unit in year.Units.Where(unit => unit.Vetoed))
        {
            paper.Paragraph(words.Say("paper.year-vetoed", year.Names[unit.Unit]));
        }

        return paper.Paragraph(words.Say("paper.year-use")).ToBytes();
    }

    private string Quarter(int quarter) => words.Say("year.quarter", quarter);

    private string Measure(Measure measure) => words.Say($"measure.{measure.ToString().ToLowerInvariant()}");

    private string Remark(Criterion criterion, CriterionResult result) => result switch
    {
        { Vetoes: true } => words.Say("board.veto-hit"),
        { Missing: true } => words.Say(criterion.Rule is JudgedRule ? "board.not-judged" : "board.missing"),
        _ => "",
    };

    /// <summary>The kinds of rule that the method explains in a paragraph of its own.</summary>
    private static string? Kind(Criterion criterion) => criterion.Rule switch
    {
        BonusRule => "bonus",
        VetoRule => "veto",
        JudgedRule => "judged",
        _ => null,
    };

    private static string Chinese(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
