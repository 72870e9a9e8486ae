using System.Runtime.CompilerServices;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;

namespace Lodestone.Coordination.Bulletins;

/// <summary>The texts that people send in: plain, there, not too long.</summary>
internal static class BulletinText
{
    /// <exception cref="Refusal"><c>bulletins.text</c></exception>
    public static string Read(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        PlainText.Demand(text, longest, "bulletins.text", field);

    /// <summary>As <see cref="Read"/>, but nothing at all is as good.</summary>
    public static string ReadOptional(string? text, int longest, [CallerArgumentExpression(nameof(text))] string field = "") =>
        string.IsNullOrWhiteSpace(text) ? "" : Read(text, longest, field);
}
