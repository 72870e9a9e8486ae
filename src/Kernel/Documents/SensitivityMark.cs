namespace Lodestone.Kernel.Documents;

/// <summary>
/// How far data may travel once it has left: a mark of the house, below any state secret, which the platform never holds. Its word is the
/// resource <c>sensitivity.{code}</c>.
/// </summary>
public static class SensitivityMark
{
    public const string Public = "public";
    public const string Internal = "internal";
    public const string Sensitive = "sensitive";

    /// <summary>The mark of a written word; what says nothing is internal.</summary>
    /// <exception cref="Refusal"><c>export.sensitivity</c></exception>
    public static string Of(string? word) => word?.Trim() switch
    {
        null or "" => Internal,
        Public or Internal or Sensitive => word.Trim(),
        _ => throw new Refusal("export.sensitivity", 422, word),
    };
}
