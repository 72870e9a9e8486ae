using System.Globalization;

namespace Lodestone.Kernel.Procedures;

/// <summary>
/// A table of moves laid out from top to bottom: stages in rows by how many moves lead to them, where a case ends below all that lead there, moves
/// between the same stages as one arrow. An end that is reached from several rows stands aside, so that no arrow to it crosses a box; one that is reached
/// from <see cref="Many"/> stages or more stands below by itself, with one arrow out of nowhere for all of them. Pure.
/// </summary>
/// <param name="Width">In the units of the drawing; one unit is a pixel at full size.</param>
internal sealed record ProcedureDrawing(int Width, int Height, IReadOnlyList<ProcedureDrawing.Box> Boxes, IReadOnlyList<ProcedureDrawing.Arrow> Arrows)
{
    public const int BoxWidth = 128;
    public const int BoxHeight = 40;

    private const int Across = 176;
    private const int Down = 104;
    private const int Margin = 48;

    /// <summary>An end with so many sources may be reached from nearly everywhere; arrows from each would hide the way that cases take.</summary>
    private const int Many = 4;

    /// <summary>Height of a number's line, and the width of one of its characters.</summary>
    private const int Line = 14;
    private const int Letter = 7;

    internal sealed record Box(string Stage, int X, int Y, bool Initial, bool Final);

    /// <param name="Path">The <c>d</c> of an SVG path.</param>
    /// <param name="Back">Takes back, gives back or stays where it is: drawn dashed.</param>
    /// <param name="Numbers">The moves by their numbers in the table, from 1.</param>
    internal sealed record Arrow(string Path, bool Back, string Numbers, int X, int Y);

    public static ProcedureDrawing Of(Procedure table)
    {
        Dictionary<string, int> ranks = Ranks(table);
        List<string> below = [.. ranks.Keys.Where(stage => Ends(table, stage) && Sources(table, stage).Count >= Many)];
        List<string> aside = [.. ranks.Keys.Except(below).Where(stage => Sources(table, stage) is { Count: > 0 } sources && Ends(table, stage) && sources.Any(from => ranks[from] < ranks[stage] - 1)).OrderBy(stage => ranks[stage])];
        var rows = ranks.Where(stage => !aside.Contains(stage.Key) && !below.Contains(stage.Key)).ToLookup(stage => stage.Value, stage => stage.Key);
        int main = (rows.Max(row => row.Count()) * Across) + (2 * Margin) + 40;
        var boxes = new Dictionary<string, Box>();
        foreach (IGrouping<int, string> row in rows)
        {
            int first = (main - (row.Count() * Across) + (Across - BoxWidth)) / 2;
            foreach ((string stage, int index) in row.Select((stage, index) => (stage, index)))
            {
                Put(stage, first + (index * Across));
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
            .. numbered.Where(one => !below.Contains(one.Move.To)).GroupBy(one => (one.Move.From, one.Move.To)).Select((pair, index) => Draw(
                boxes[pair.Key.From], boxes[pair.Key.To], ranks[pair.Key.To] - ranks[pair.Key.From], aside.Contains(pair.Key.To), string.Join(' ', pair.Select(one => one.Number)), index)),
        ];
        (int left, int top) = (Margin, boxes.Values.Max(box => box.Y) + Down);
        foreach (string stage in below)
        {
            string numbers = string.Join(' ', numbered.Where(one => one.Move.To == stage).Select(one => one.Number));
            var box = new Box(stage, left, top, false, true);
            boxes[stage] = box;
            int half = Letter * numbers.Length / 2;
            arrows.Add(new Arrow(Path($"M{box.X + (BoxWidth / 2)} {box.Y - 30} V{box.Y}"), false, numbers, box.X + (BoxWidth / 2) + 12 + half, box.Y - 20));
            left = Math.Max(left + Across, left + (BoxWidth / 2) + (2 * half) + Margin);
        }

        int width = Math.Max(main + (aside.Count * Across), below.Count == 0 ? 0 : left);
        return new ProcedureDrawing(width, boxes.Values.Max(box => box.Y) + BoxHeight + 28, [.. boxes.Values], Apart(arrows, boxes.Values));
    }

    /// <summary>Numbers that would stand on a box or on other numbers move up or down along their arrow.</summary>
    private static List<Arrow> Apart(List<Arrow> arrows, IEnumerable<Box> boxes)
    {
        List<(int Left, int Top, int Right, int Bottom)> taken = [.. boxes.Select(box => (box.X, box.Y, box.X + BoxWidth, box.Y + BoxHeight))];
        var placed = new List<Arrow>();
        foreach (Arrow arrow in arrows)
        {
            int half = (Letter * arrow.Numbers.Length / 2) + 2;
            int[] tries = [0, -Line, Line, -2 * Line, 2 * Line, -3 * Line, 3 * Line];
            int move = tries.FirstOrDefault(by => !taken.Any(other => arrow.X - half < other.Right && arrow.X + half > other.Left
                && arrow.Y + by - (Line / 2) < other.Bottom && arrow.Y + by + (Line / 2) > other.Top));
            placed.Add(arrow with { Y = arrow.Y + move });
            taken.Add((arrow.X - half, arrow.Y + move - (Line / 2), arrow.X + half, arrow.Y + move + (Line / 2)));
        }

        return placed;
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
