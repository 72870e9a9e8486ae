using System.Diagnostics.CodeAnalysis;

namespace Lodestone.Coordination.Statistics;

/// <summary>A total that must equal its parts, written <c>T=A+B</c> with the codes of a form's indicators.</summary>
internal sealed record CellIdentity(string Total, IReadOnlyList<string> Parts)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out CellIdentity? identity)
    {
        identity = null;
        string[] sides = text.Split('=', StringSplitOptions.TrimEntries);
        if (sides is not [{ Length: > 0 } total, var sum])
        {
            return false;
        }

        string[] parts = sum.Split('+', StringSplitOptions.TrimEntries);
        if (parts.Any(string.IsNullOrEmpty) || parts.Append(total).Distinct().Count() != parts.Length + 1)
        {
            return false;
        }

        identity = new CellIdentity(total, parts);
        return true;
    }

    /// <summary>The identities of a form; lines were checked when the form was made.</summary>
    public static IReadOnlyList<CellIdentity> Read(string lines)
    {
        var read = new List<CellIdentity>();
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryParse(line, out CellIdentity? identity))
            {
                read.Add(identity);
            }
        }

        return read;
    }

    public override string ToString() => $"{Total}={string.Join('+', Parts)}";
}
