namespace Lodestone.Coordination.Assessment.Pages;

/// <summary>A unit's row on the board.</summary>
internal sealed record BoardRow(
    UnitResult Result, string Name, IReadOnlyDictionary<Measure, decimal> Measures, Margin Margin, IReadOnlyList<Sensitivity> Flips);

/// <summary>The line under the last seat of a quota.</summary>
internal sealed record BoardQuota(string Grade, int Units, decimal Share, int Seats, string After);

/// <summary>The results of a run, arranged for the page.</summary>
internal sealed class Board
{
    private Board(ScoreRun run, RoundInputs inputs, RoundResults results)
    {
        Run = run;
        Inputs = inputs;
        Measures = [.. inputs.Scheme.Criteria.Select(row => row.Measure).Distinct().Order()];
        Full = inputs.Scheme.Full;
        Dictionary<string, Measure> measureOf = inputs.Scheme.Criteria.ToDictionary(row => row.Code, row => row.Measure);
        Dictionary<string, string> names = inputs.Units.ToDictionary(row => row.Unit, row => row.Name);
        Rows =
        [
            .. results.Units.Zip(Margin.Of(inputs.Scheme, results), Sensitivity.Of(inputs.Scheme, results)).Select(one => new BoardRow(
                one.First,
                names[one.First.Unit],
                one.First.Criteria.GroupBy(row => measureOf[row.Criterion]).ToDictionary(group => group.Key, group => group.Sum(row => row.Points)),
                one.Second,
                one.Third)),
        ];
        Quotas =
        [
            .. Rows.GroupBy(row => row.Result.Group)
                .SelectMany(group => inputs.Scheme.Quotas.Select(quota => QuotaLine(quota, [.. group])).OfType<BoardQuota>()),
        ];
        Marks = Full <= 0 ? [] : [.. inputs.Scheme.Grades.Where(grade => grade.From > 0 && grade.From < Full).Select(grade => grade.From / Full)];
    }

    public ScoreRun Run { get; }

    public RoundInputs Inputs { get; }

    public Scheme Scheme => Inputs.Scheme;

    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>The full score; a bonus and caps above 100 % can exceed it.</summary>
    public decimal Full { get; }

    public IReadOnlyList<BoardRow> Rows { get; }

    public IReadOnlyList<BoardQuota> Quotas { get; }

    /// <summary>Where the grades' lines stand, as shares of <see cref="Full"/>.</summary>
    public IReadOnlyList<decimal> Marks { get; }

    public static Board Of(ScoreRun run) => new(run, run.ReadInputs(), run.ReadResults());

    public decimal WeightOf(Measure measure) => Scheme.Criteria.Where(row => row.Measure == measure && row.Rule is not BonusRule).Sum(row => row.Weight);

    /// <summary>How many units the row is compared with, itself among them.</summary>
    public int PeersOf(BoardRow row) => Rows.Count(other => other.Result.Group == row.Result.Group);

    public decimal ShareOf(decimal total) => Full <= 0 ? 0 : Math.Clamp(total / Full, 0, 1);

    public IEnumerable<(Grade Grade, int Count)> Counts =>
        Scheme.Grades.OrderByDescending(row => row.From).Select(grade => (grade, Rows.Count(row => row.Result.Grade == grade.Name)));

    private BoardQuota? QuotaLine(GradeQuota quota, IReadOnlyList<BoardRow> peers)
    {
        decimal line = Scheme.Grades.First(row => row.Name == quota.Grade).From;
        HashSet<string?> above = [.. Scheme.Grades.Where(row => row.From >= line).Select(row => row.Name)];
        return peers.LastOrDefault(row => above.Contains(row.Result.Grade)) is { } last
            ? new BoardQuota(quota.Grade, peers.Count, quota.Share, Grading.Seats(quota, peers.Count), last.Result.Unit)
            : null;
    }
}
