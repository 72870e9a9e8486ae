using System.Globalization;
using Lodestone.Kernel.Data;
using Microsoft.Extensions.Localization;

namespace Lodestone.Kernel.Web;

/// <summary>The sentence of a code, from the resources of the module that owns it; the kernel's own last.</summary>
public sealed class Words(IStringLocalizerFactory factory, Catalogue catalogue)
{
    private readonly IStringLocalizer[] _sources =
        [.. catalogue.Modules.Select(module => factory.Create(module.GetType())), factory.Create(typeof(KernelWords))];

    private static readonly string[] s_codes = ["role", "action", "stage", "kind"];

    /// <summary>The sentence with its figures filled in; the key itself when nobody wrote a sentence (a test finds that).</summary>
    public string Say(string key, params object[] figures)
    {
        foreach (IStringLocalizer source in _sources)
        {
            LocalizedString found = source[key];
            if (!found.ResourceNotFound)
            {
                return figures.Length == 0 ? found.Value : string.Format(CultureInfo.CurrentCulture, found.Value, figures);
            }
        }

        return key;
    }

    public bool Knows(string key) => _sources.Any(source => !source[key].ResourceNotFound);

    /// <summary>A refusal's sentence. Figures that are codes of the house (a role, an action, a stage) and names of fields (<c>field.title</c>) are said in words.</summary>
    public string Say(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Say(refusal.Code, [.. refusal.Figures.Select(Worded)]);
    }

    private object Worded(object figure) => figure switch
    {
        string field when field.StartsWith("field.", StringComparison.Ordinal) && Knows(field) => Say(field),
        string code when s_codes.FirstOrDefault(kind => Knows($"{kind}.{code}")) is { } found => Say($"{found}.{code}"),
        _ => figure,
    };
}
