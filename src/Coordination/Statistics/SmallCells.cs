namespace Lodestone.Coordination.Statistics;

/// <summary>
/// What may not be published because it would show a single unit's figure: totals of fewer than three units, and where the grand total of
/// a column stands beside them, one more, or the hidden one could be worked out by subtraction. (Statistics Law: material that identifies a
/// single respondent, or from which one can be inferred, is not given out.)
/// </summary>
internal static class SmallCells
{
    /// <summary>Of two units each knows the other's figure from the sum.</summary>
    public const int Fewest = 3;

    /// <param name="units">How many units stand in each cell, by row and column; the rows add up to the published total.</param>
    /// <returns>True where the cell is hidden.</returns>
    public static bool[,] Hidden(int[,] units)
    {
        (int rows, int columns) = (units.GetLength(0), units.GetLength(1));
        var hidden = new bool[rows, columns];
        for (int column = 0; column < columns; column++)
        {
            int count = 0;
            int behind = 0;
            for (int row = 0; row < rows; row++)
            {
                hidden[row, column] = units[row, column] is > 0 and < Fewest;
                count += hidden[row, column] ? 1 : 0;
                behind += hidden[row, column] ? units[row, column] : 0;
            }

            // What is hidden together must itself be three units or more, in two cells or more.
            while (count > 0 && (count < 2 || behind < Fewest) && Smallest(units, hidden, column) is { } next)
            {
                hidden[next, column] = true;
                count++;
                behind += units[next, column];
            }
        }

        return hidden;
    }

    /// <summary>True when the column's total itself shows fewer than three units.</summary>
    public static bool HidesTotal(int[,] units, int column)
    {
        int all = 0;
        for (int row = 0; row < units.GetLength(0); row++)
        {
            all += units[row, column];
        }

        return all is > 0 and < Fewest;
    }

    private static int? Smallest(int[,] units, bool[,] hidden, int column)
    {
        int? smallest = null;
        for (int row = 0; row < units.GetLength(0); row++)
        {
            if (!hidden[row, column] && units[row, column] > 0 && (smallest is not { } before || units[row, column] < units[before, column]))
            {
                smallest = row;
            }
        }

        return smallest;
    }
}
