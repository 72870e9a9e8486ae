using Lodestone.Kernel.Calendar;

namespace Lodestone.Kernel.Indicators;

/// <summary>Sums and counts of a pivot, by row and column.</summary>
/// <param name="Sums">Whole smallest units.</param>
/// <param name="Counts">How many values stand in each sum.</param>
/// <param name="Units">How many units' values stand in each sum: the most of any one indicator and period in it.</param>
public sealed record CubeTotals(long[,] Sums, int[,] Counts, int[,] Units);

/// <summary>
/// Values by indicator, period and unit: for each indicator and period one plane with a place for every unit. Pure arithmetic; what is
/// in force is its feeder's matter. For one writer or many readers at a time.
/// </summary>
public sealed class ValueCube
{
    private readonly Dictionary<(long Indicator, int Period), Plane> _planes = [];
    private readonly Dictionary<long, int> _places = [];
    private readonly List<long> _units = [];

    /// <summary>The units in the order of their places.</summary>
    public IReadOnlyList<long> Units => _units;

    public int Cells { get; private set; }

    /// <summary>Takes a revision unless a later one of the cell is already there.</summary>
    public void Offer(CellKey cell, int revision, long value)
    {
        Plane plane = PlaneOf(cell);
        int place = PlaceOf(cell.Organisation);
        plane.Widen(_units.Count);
        if (plane.Revisions[place] < revision)
        {
            Cells += plane.Revisions[place] == 0 ? 1 : 0;
            plane.Revisions[place] = revision;
            plane.Values[place] = value;
        }
    }

    /// <summary>Nothing stands in the cell any more.</summary>
    public void Clear(CellKey cell)
    {
        if (_planes.TryGetValue((cell.Indicator, cell.Period.Code), out Plane? plane) && _places.TryGetValue(cell.Organisation, out int place)
            && place < plane.Revisions.Length && plane.Revisions[place] > 0)
        {
            plane.Revisions[place] = 0;
            plane.Values[place] = 0;
            Cells--;
        }
    }

    public long? Find(CellKey cell) =>
        _planes.TryGetValue((cell.Indicator, cell.Period.Code), out Plane? plane) && _places.TryGetValue(cell.Organisation, out int place)
        && place < plane.Revisions.Length && plane.Revisions[place] > 0
            ? plane.Values[place]
            : null;

    /// <summary>The periods in which an indicator has values.</summary>
    public IEnumerable<Period> PeriodsOf(long indicator) =>
        _planes.Where(plane => plane.Key.Indicator == indicator && plane.Value.Revisions.Any(revision => revision > 0)).Select(plane => Period.FromCode(plane.Key.Period)).Order();

    /// <param name="rows">Number of rows.</param>
    /// <param name="rowOf">The row of each unit, in the order of <see cref="Units"/>; -1 leaves it out.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnOf">The column of an indicator in a period; -1 leaves it out.</param>
    /// <exception cref="OverflowException">A sum does not fit 64 bits; it never wraps.</exception>
    public CubeTotals Pivot(int rows, ReadOnlySpan<int> rowOf, int columns, Func<long, Period, int> columnOf)
    {
        var sums = new long[rows, columns];
        var counts = new int[rows, columns];
        var units = new int[rows, columns];
        var sum = new long[rows];
        var count = new int[rows];
        foreach (((long indicator, int period), Plane plane) in _planes)
        {
            int column = columnOf(indicator, Period.FromCode(period));
            if (column < 0)
            {
                continue;
            }

            Array.Clear(sum);
            Array.Clear(count);
            int places = Math.Min(plane.Revisions.Length, rowOf.Length);
            for (int place = 0; place < places; place++)
            {
                int row = rowOf[place];
                if (row >= 0 && plane.Revisions[place] > 0)
                {
                    sum[row] = checked(sum[row] + plane.Values[place]);
                    count[row]++;
                }
            }

            for (int row = 0; row < rows; row++)
            {
                sums[row, column] = checked(sums[row, column] + sum[row]);
                counts[row, column] += count[row];
                units[row, column] = Math.Max(units[row, column], count[row]);
            }
        }

        return new CubeTotals(sums, counts, units);
    }

    private Plane PlaneOf(CellKey cell)
    {
        (long, int) key = (cell.Indicator, cell.Period.Code);
        if (!_planes.TryGetValue(key, out Plane? plane))
        {
            _planes.Add(key, plane = new Plane());
        }

        return plane;
    }

    private int PlaceOf(long unit)
    {
        if (!_places.TryGetValue(unit, out int place))
        {
            _places.Add(unit, place = _units.Count);
            _units.Add(unit);
        }

        return place;
    }

    private sealed class Plane
    {
        public long[] Values { get; private set; } = [];

        /// <summary>0 where nothing stands.</summary>
        public int[] Revisions { get; private set; } = [];

        public void Widen(int units)
        {
            if (Values.Length < units)
            {
                int room = Math.Max(units, Values.Length + (Values.Length / 4) + 4);
                (long[] values, int[] revisions) = (new long[room], new int[room]);
                Values.CopyTo(values, 0);
                Revisions.CopyTo(revisions, 0);
                (Values, Revisions) = (values, revisions);
            }
        }
    }
}
