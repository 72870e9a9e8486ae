namespace Lodestone.Coordination.Bulletins;

/// <summary>A piece of text that stands in both versions, only in the newer or only in the older.</summary>
/// <param name="What">0 kept, 1 inserted, -1 deleted.</param>
internal readonly record struct DiffPiece(int What, string Text);

/// <summary>The difference of two plain texts by clauses, the longest common line of them kept. Pure.</summary>
internal static class TextDiff
{
    /// <summary>So many clauses of each are compared; a longer text is shown as wholly replaced.</summary>
    private const int Most = 2000;

    private const string Ends = "。；，：\n";

    public static IReadOnlyList<DiffPiece> Between(string before, string after)
    {
        (string[] old, string[] fresh) = ([.. Clauses(before)], [.. Clauses(after)]);
        if (old.Length > Most || fresh.Length > Most)
        {
            return [new DiffPiece(-1, before), new DiffPiece(1, after)];
        }

        // Length of the longest common line of what follows each pair of places.
        int[,] common = new int[old.Length + 1, fresh.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = fresh.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var pieces = new List<DiffPiece>();
        for ((int i, int j) = (0, 0); i < old.Length || j < fresh.Length;)
        {
            if (i < old.Length && j < fresh.Length && old[i] == fresh[j])
            {
                Add(pieces, 0, old[i++]);
                j++;
            }
            else if (j == fresh.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                Add(pieces, -1, old[i++]);
            }
            else
            {
                Add(pieces, 1, fresh[j++]);
            }
        }

        return pieces;
    }

    private static void Add(List<DiffPiece> pieces, int what, string text)
    {
        if (pieces.Count > 0 && pieces[^1].What == what)
        {
            pieces[^1] = new DiffPiece(what, pieces[^1].Text + text);
        }
        else
        {
            pieces.Add(new DiffPiece(what, text));
        }
    }

    private static IEnumerable<string> Clauses(string text)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (Ends.Contains(text[i]))
            {
                yield return text[from..(i + 1)];
                from = i + 1;
            }
        }

        if (from < text.Length)
        {
            yield return text[from..];
        }
    }
}
