namespace Lodestone.Services.Catalogue;

/// <summary>First texts of the entries that a split or a merger makes: each takes over what the old ones say, under its own code and name.</summary>
internal static class Heirs
{
    /// <param name="old">Texts of the entries that end, at least one.</param>
    /// <param name="lines">One new entry a line: its code, a space, its name.</param>
    public static IReadOnlyList<EntryText> Of(IReadOnlyList<EntryText> old, string? lines)
    {
        EntryText all = old.Count == 1 ? old[0] : Join(old);
        return
        [
            .. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
            {
                string[] parts = line.Split([' ', '\u3000', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return all with { Code = parts[0], Name = parts.Length > 1 ? parts[1] : null };
            }),
        ];
    }

    /// <summary>Nothing that one of them asks for is lost, the longest time counts, and what is a licence in one is a licence. List and district are the first's.</summary>
    private static EntryText Join(IReadOnlyList<EntryText> old) => old[0] with
    {
        Kind = old.FirstOrDefault(text => text.Kind == ItemKind.Licence)?.Kind ?? old[0].Kind,
        Basis = string.Join('；', old.Select(text => text.Basis).Distinct()),
        Content = string.Join('；', old.Select(text => text.Content).Distinct()),
        StatutoryDays = old.Max(text => text.StatutoryDays),
        PromisedDays = old.Max(text => text.PromisedDays),
        CorrectDays = old.Max(text => text.CorrectDays),
        Immediate = old.All(text => text.Immediate),
        Steps = Joined(old, text => text.Steps, step => step),
        Materials = Joined(old, text => text.Materials, material => material.Code, material => material.Required ? 1 : 0),
        Specials = Joined(old, text => text.Specials, special => special.Kind, special => special.Days),
        Charges = Joined(old, text => text.Charges, charge => charge.Name, charge => charge.Fen),
        Parallel = Joined(old, text => text.Parallel, unit => unit.Code),
        Before = null,
    };

    /// <param name="asks">Of two with one key the one that asks for more stays.</param>
    private static T[]? Joined<T>(IReadOnlyList<EntryText> old, Func<EntryText, IReadOnlyList<T>?> part, Func<T, string?> key, Func<T, long>? asks = null)
    {
        T[] all = [.. old.SelectMany(text => part(text) ?? []).GroupBy(key).Select(alike => asks is null ? alike.First() : alike.MaxBy(asks)!)];
        return all.Length == 0 ? null : all;
    }
}
