using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Services.Catalogue;

/// <summary>Whether a text can stand in a list. Pure.</summary>
internal static partial class EntryCheck
{
    public const int LongestName = 200;

    public const int LongestText = 4000;

    public const int MostDays = 500;

    private const int MostLines = 60;

    private const int MostMonths = 240;

    /// <summary>The text with what is left out filled in.</summary>
    /// <exception cref="Refusal">
    /// <c>list.code</c>, <c>list.list-unknown</c>, <c>list.text</c>, <c>list.kind-unknown</c>, <c>list.limit</c>, <c>list.promise</c>, <c>list.correct-days</c>,
    /// <c>list.steps</c>, <c>list.material</c>, <c>list.material-twice</c>, <c>list.grade</c>, <c>list.months</c>, <c>list.special</c>, <c>list.charge</c>,
    /// <c>list.before</c>
    /// </exception>
    public static EntryText Require(EntryText asked)
    {
        if (asked.Code is null || !Code().IsMatch(asked.Code))
        {
            throw new Refusal("list.code", 422, asked.Code ?? "");
        }

        if (!ListName.All.Contains(asked.List ?? ""))
        {
            throw new Refusal("list.list-unknown", 422, asked.List ?? "", string.Join(' ', ListName.All));
        }

        EntryText text = asked with { Name = Text(asked.Name, LongestName), Basis = Text(asked.Basis, LongestText), Content = Text(asked.Content, LongestText) };
        foreach (ChargeText charge in text.Charges ?? [])
        {
            if (string.IsNullOrWhiteSpace(charge.Name) || charge.Fen < 0 || string.IsNullOrWhiteSpace(charge.Basis) || charge.Name.Length > LongestName)
            {
                throw new Refusal("list.charge", 422, charge.Name ?? "");
            }
        }

        return text.List == ListName.Service ? Item(text) : text with { Kind = null, Steps = null, Materials = null, Specials = null, Parallel = null, Before = null };
    }

    private static EntryText Item(EntryText text)
    {
        if (!ItemKind.All.Contains(text.Kind ?? ""))
        {
            throw new Refusal("list.kind-unknown", 422, text.Kind ?? "", string.Join(' ', ItemKind.All));
        }

        if (text.StatutoryDays is < 1 or > MostDays)
        {
            throw new Refusal("list.limit", 422, MostDays);
        }

        if (text.PromisedDays < (text.Immediate ? 0 : 1) || text.PromisedDays > text.StatutoryDays)
        {
            throw new Refusal("list.promise", 422, text.PromisedDays, text.StatutoryDays);
        }

        if (text.CorrectDays is < 0 or > MostDays)
        {
            throw new Refusal("list.correct-days", 422, MostDays);
        }

        if (text.Steps is not { Count: > 0 and <= MostLines } steps || steps.Any(step => string.IsNullOrWhiteSpace(step) || step.Length > LongestName))
        {
            throw new Refusal("list.steps", 422, MostLines);
        }

        foreach (SpecialText special in text.Specials ?? [])
        {
            if (!SpecialKind.All.Contains(special.Kind ?? "") || special.Days is < 1 or > MostDays)
            {
                throw new Refusal("list.special", 422, special.Kind ?? "", MostDays);
            }
        }

        if (text.Before is { } before && (before.Steps < 0 || before.Materials < 0 || before.Days < 0))
        {
            throw new Refusal("list.before");
        }

        return text with { CorrectDays = text.CorrectDays == 0 ? UsualCorrectDays : text.CorrectDays, Materials = [.. Materials(text.Materials ?? [])] };
    }

    /// <summary>Usual practice where a list says nothing.</summary>
    private const int UsualCorrectDays = 15;

    private static IReadOnlyList<MaterialText> Materials(IReadOnlyList<MaterialText> materials)
    {
        var seen = new HashSet<string>();
        foreach (MaterialText material in materials)
        {
            if (material.Code is null || !Code().IsMatch(material.Code) || string.IsNullOrWhiteSpace(material.Name) || material.Name.Length > LongestName || materials.Count > MostLines)
            {
                throw new Refusal("list.material", 422, material.Code ?? "", MostLines);
            }

            if (!seen.Add(material.Code))
            {
                throw new Refusal("list.material-twice", 422, material.Code);
            }

            if (!MaterialGrade.All.Contains(material.Grade ?? ""))
            {
                throw new Refusal("list.grade", 422, material.Code, material.Grade ?? "");
            }

            if (material.ValidMonths is < 1 or > MostMonths)
            {
                throw new Refusal("list.months", 422, material.Code, MostMonths);
            }
        }

        return materials;
    }

    private static string Text(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "list.text", field);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
    private static partial Regex Code();
}
