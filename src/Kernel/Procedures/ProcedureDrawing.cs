using System.Globalization;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// A table of moves laid out from top to bottom: stages in rows by how many moves lead to them, where a case ends below all that lead there, moves
/// between the same stages as one arrow. An end that is reached from several rows stands aside, so that no arrow to it crosses a box. Pure.
/// </summary>
/// <param name="Width">In the units of the drawing; one unit is a pixel at full size.</param>
internal sealed record ProcedureDrawing(int Width, int Height, IReadOnlyList<ProcedureDrawing.Box> Boxes, IReadOnlyList<ProcedureDrawing.Arrow> Arrows)
{
    public const int BoxWidth = 128;
    public const int BoxHeight = 40;

    private const int Across = 176;
    private const int Down = 104;
    private const int Margin = 48;

    internal sealed record Box(string Stage, int X, int Y, bool Initial, bool Final);

    /// <param name="Path">The <c>d</c> of an SVG path.</param>
    /// <param name="Back">Takes back, gives back or stays where it is: drawn dashed.</param>
    /// <param name="Numbers">The moves by their numbers in the table, from 1.</param>
    internal sealed record Arrow(string Path, bool Back, string Numbers, int X, int Y);

    public static ProcedureDrawing Of(Procedure table)
    {
        Dictionary<string, int> ranks = Ranks(table);
        List<string> aside = [.. ranks.Keys.Where(stage => Sources(table, stage) is { Count: > 0 } sources && Ends(table, stage) && sources.Any(from => ranks[from] < ranks[stage] - 1)).OrderBy(stage => ranks[stage])];
        var rows = ranks.Where(stage => !aside.Contains(stage.Key)).ToLookup(stage => stage.Value, stage => stage.Key);
        int main = (rows.Max(row => row.Count()) * Across) + (2 * Margin) + 40;
        var boxes = new Dictionary<string, Box>();
        foreach (IGrouping<int, string> row in rows)
        {
            int left = (main - (row.Count() * Across) + (Across - BoxWidth)) / 2;
            foreach (string stage in row)
            {
                Put(stage, left);
                left += Across;
            }
        }

        foreach (string stage in aside)
        {
            Put(stage, main + (aside.IndexOf(stage) * Across));
        }

        void Put(string stage, int left) =>
            boxes[stage] = new Box(stage, left, 12 + (ranks[stage] * Down), stage == table.InitialStage, table.FinalStages.Contains(stage));

        var numbered = table.Transitions.Select((move, index) => (Move: move, Number: (index + 1).ToString(CultureInfo.InvariantCulture)));
        List<Arrow> arrows =
        [
            .. numbered.GroupBy(one => (one.Move.From, one.Move.To)).Select((pair, index) => Draw(
                boxes[pair.Key.From], boxes[pair.Key.To], ranks[pair.Key.To] - ranks[pair.Key.From], aside.Contains(pair.Key.To), string.Join(' ', pair.Select(one => one.Number)), index)),
        ];
        return new ProcedureDrawing(main + (aside.Count * Across), 12 + (ranks.Values.Max() * Down) + BoxHeight + 28, [.. boxes.Values], arrows);
    }

    /// <summary>The fewest moves that lead from the first stage to each; an end stands below all its sources.</summary>
    private static Dictionary<string, int> Ranks(Procedure table)
    {
        var ranks = new Dictionary<string, int> { [table.InitialStage] = 0 };
        var waiting = new Queue<string>([table.InitialStage]);
        while (waiting.TryDequeue(out string? stage))
        {
            foreach (Transition move in table.From(stage).Where(move => ranks.TryAdd(move.To, ranks[stage] + 1)))
            {
                waiting.Enqueue(move.To);
            }
        }

        foreach (string stage in ranks.Keys.Where(stage => stage != table.InitialStage && Ends(table, stage)).ToList())
        {
            ranks[stage] = Sources(table, stage).Max(from => ranks[from]) + 1;
        }

        return ranks;
    }

    private static bool Ends(Procedure table, string stage) => table.From(stage).All(move => move.To == stage);

    private static List<string> Sources(Procedure table, string stage) =>
        [.. table.Transitions.Where(move => move.To == stage && move.From != stage).Select(move => move.From).Distinct()];

    /// <summary>Forward arrows fall from box to box, to what stands aside through the gap below the row and then straight down; those within a row and those that climb bow out to the side, each a little further than the last.</summary>
    private static Arrow Draw(Box from, Box to, int climb, bool aside, string numbers, int index)
    {
        int lane = 14 + (index % 5 * 9);
        (int fromX, int toX) = (from.X + (BoxWidth / 2), to.X + (BoxWidth / 2));
        if (from == to)
        {
            (int x, int y) = (from.X + BoxWidth, from.Y + (BoxHeight / 2));
            return new Arrow(Path($"M{x} {y - 9} c22 -12 22 30 0 18"), true, numbers, x + 26, y);
        }

        if (climb > 0)
        {
            int shift = (index % 3 * 16) - 16;
            (int startY, int endY) = (from.Y + BoxHeight, to.Y);
            int middle = (startY + endY) / 2;
            if (aside)
            {
                return new Arrow(Path($"M{fromX + shift} {startY} C{fromX + shift} {startY + 46} {toX + shift} {startY + 6} {toX + shift} {startY + 52} V{endY}"), false, numbers,
                    ((fromX + toX) / 2) + shift, startY + 26);
            }

            return new Arrow(Path($"M{fromX + shift} {startY} C{fromX + shift} {middle} {toX + shift} {middle} {toX + shift} {endY}"), false, numbers,
                ((fromX + toX) / 2) + shift, climb == 1 ? middle : startY + 26);
        }

        bool right = to.X >= from.X;
        (int startX, int endX) = right ? (from.X + BoxWidth, to.X + BoxWidth) : (from.X, to.X);
        int bow = right ? Math.Max(startX, endX) + lane : Math.Min(startX, endX) - lane;
        (int y1, int y2) = (from.Y + (BoxHeight / 2) - 6, to.Y + (BoxHeight / 2) + 6);
        return new Arrow(Path($"M{startX} {y1} C{bow} {y1} {bow} {y2} {endX} {y2}"), true, numbers, ((startX + endX) / 4) + (bow / 2), (y1 + y2) / 2);
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
