using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Meetings;

/// <summary>The half-yearly report as .docx: figures with the numbers of their sources, native charts of the same figures, the sources at the end.</summary>
internal sealed class ReportPaper(Words words, TimeProvider clock)
{
    private const int MostCharts = 3;

    /// <summary>Characters of a hash that are printed; the whole one is found by the value's id.</summary>
    private const int Hash = 16;

    public byte[] Write(ReportView report)
    {
        ReportFigures figures = report.Figures;
        OfficialDocument paper = new OfficialDocument()
            .Title(words.Say("report.paper-title", MeetingPapers.Tight(report.Row.Period)))
            .To(words.Say("report.paper-to"))
            .Paragraph(words.Say("report.paper-basis", MeetingPapers.Tight(report.Row.Period), figures.AsOf.Local()))
            .Heading(words.Say("report.paper-figures"));
        for (int i = 0; i < figures.Indicators.Count; i++)
        {
            Write(paper, figures, figures.Indicators[i], i);
        }

        if (figures.Indicators.Count == 0)
        {
            paper.Paragraph(words.Say("report.no-approved"));
        }

        paper.Heading(words.Say("report.paper-orders")).Paragraph(words.Say("report.paper-orders-line", figures.Orders.Due, figures.Orders.InTime, figures.Orders.Late, figures.Orders.Overdue));
        if (figures.Orders.OverdueUnits.Count > 0)
        {
            paper.Paragraph(words.Say("report.paper-overdue", string.Join('、', figures.Orders.OverdueUnits)));
        }

        Grades(paper, figures);
        Text(paper.Heading(words.Say("report.paper-problems")), report.Row.Problems);
        Text(paper.Heading(words.Say("report.paper-next")), report.Row.NextSteps);
        paper.Empty().Closing(words.Say("meeting.paper-office", report.City.Name)).Closing(Day(report.SubmittedOn ?? clock.Today()));
        if (figures.Sources.Count > 0)
        {
            paper.Heading(words.Say("report.paper-sources")).Paragraph(words.Say("report.paper-sources-line"))
                .Sources(figures.Sources.Select(source => Source(source, figures)));
        }

        return paper.ToBytes();
    }

    private void Write(OfficialDocument paper, ReportFigures figures, IndicatorFigures one, int index)
    {
        string[] labels = [.. figures.Quarters.Select(Label)];
        CitedFigure last = one.City.Values[^1];
        paper.SubHeading(words.Say("report.paper-indicator", ChineseNumber(index + 1), one.Name));
        paper.Paragraph(words.Say("report.paper-total", labels[^1], one.Name, Figure(last, one), one.Unit, one.Reporters[^1]) + Compared(one, labels[0])
            + (one.Target is { Value: { } target and > 0 } wanted && last.Value is { } value
                ? words.Say("report.paper-target", Figure(wanted, one), one.Unit, ((decimal)value / target).ToString("0.0%", CultureInfo.InvariantCulture))
                : "") + words.Say("report.paper-end"));
        paper.Table(
            [words.Say("report.place"), .. labels], [30, 35, 35],
            one.Rows.Append(one.City with { Name = words.Say("report.sum") }).Select(row => (IReadOnlyList<string>)[row.Name, .. row.Values.Select(value => Figure(value, one))]));
        if (index < MostCharts)
        {
            // A quarter of which nothing is approved would stand as an empty place beside each bar.
            ChartSeries[] series = [.. labels.Select((label, i) => new ChartSeries(label, [.. one.Rows.Select(row => Value(row.Values[i], one))])).Where(row => row.Values.Any(value => value is not null))];
            paper.Chart(ChartKind.Bar, words.Say("report.chart-places", one.Name, one.Unit), [.. one.Rows.Select(row => row.Name)], series);
        }

        if (index == 0 && one.Trend.Count > 1)
        {
            paper.Chart(ChartKind.Line, words.Say("report.chart-trend", one.Name, one.Unit), [.. one.Trend.Select(point => Label(point.Quarter))],
                [new ChartSeries(one.Name, [.. one.Trend.Select(point => Value(point.Total, one))])]);
            paper.Paragraph(words.Say("report.paper-trend", string.Join('、', one.Trend.Select(point => words.Say("report.paper-point", Label(point.Quarter), Figure(point.Total, one))))));
        }
    }

    private string Compared(IndicatorFigures one, string before) =>
        one.City.Values is [{ Value: { } first and > 0 }, { Value: { } last }] && Alike(one)
            ? words.Say(last >= first ? "report.paper-more" : "report.paper-less", before, Math.Abs((decimal)last / first - 1).ToString("0.0%", CultureInfo.InvariantCulture))
            : one.City.Values[0].Value is null || Alike(one) ? ""
            : one.Reporters[0] == one.Reporters[1] ? words.Say("report.paper-others", before)
            : words.Say("report.paper-partial", before, one.Reporters[0], one.Reporters[1]);

    /// <summary>The same units in both quarters. Figures kept before the units were compared know only how many they were.</summary>
    private static bool Alike(IndicatorFigures one) => one.SameReporters ?? one.Reporters[0] == one.Reporters[1];

    private void Grades(OfficialDocument paper, ReportFigures figures)
    {
        paper.Heading(words.Say("report.paper-grades"));
        if (figures.Grades.Count == 0)
        {
            paper.Paragraph(words.Say("report.paper-no-grades"));
            return;
        }

        paper.Table([words.Say("report.quarter"), words.Say("word.organisation"), words.Say("report.points"), words.Say("report.grade")], [26, 44, 15, 15],
            figures.Grades.Select(grade => (IReadOnlyList<string>)[Label(grade.Quarter), grade.Unit, grade.Total.ToString("0.00", CultureInfo.InvariantCulture), grade.Grade]));
    }

    private string Source(SourceFigures source, ReportFigures figures)
    {
        int decimals = figures.Indicators.First(one => one.Name == source.Indicator).Decimals;
        string values = source.Kind == "target"
            ? words.Say("report.source-target", source.Values[0].Id, source.Values[0].Hash)
            : string.Join('；', source.Values.Select(value => words.Say("report.source-value", value.Id, Grouped(value.Hash))));
        return words.Say("report.source", source.Number, source.Indicator, source.Unit, Label(source.Period), Quantity.Format(source.Value, decimals), values);
    }

    private static void Text(OfficialDocument paper, string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty("—"))
        {
            paper.Paragraph(line);
        }
    }

    /// <summary>A figure with the numbers of its sources, runs of them drawn together: 1,234〔3-8〕.</summary>
    internal static string Figure(CitedFigure figure, IndicatorFigures one) =>
        figure.Value is null ? Quantity.Missing : $"{Quantity.Format(figure.Value, one.Decimals)}〔{Numbers(figure.Sources)}〕";

    internal static string Numbers(IReadOnlyList<int> sources)
    {
        var runs = new List<(int First, int Last)>();
        foreach (int number in sources.Distinct().Order())
        {
            if (runs.Count > 0 && runs[^1].Last == number - 1)
            {
                runs[^1] = (runs[^1].First, number);
            }
            else
            {
                runs.Add((number, number));
            }
        }

        return string.Join(',', runs.Select(run => run.First == run.Last ? $"{run.First}" : string.Create(CultureInfo.InvariantCulture, $"{run.First}-{run.Last}")));
    }

    internal static string Label(string period) => MeetingPapers.Tight(Period.Parse(period));

    private static decimal? Value(CitedFigure figure, IndicatorFigures one) => figure.Value is { } value ? Quantity.FromUnits(value, one.Decimals) : null;

    private static string Grouped(string hash) => string.Join(' ', hash[..Math.Min(Hash, hash.Length)].Chunk(4).Select(part => new string(part)));

    private string Day(DateOnly day) => words.Say("evaluation.day", day.Year.ToString(CultureInfo.InvariantCulture), day.Month, day.Day);

    private static string ChineseNumber(int number) => "一二三四五六七八九十"[number - 1].ToString();
}
