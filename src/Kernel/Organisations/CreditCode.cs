using System.Buffers;

namespace Lodestone.Kernel.Organisations;

/// <summary>
/// The unified social credit code of legal entities and other organisations: 18 characters, authority 1, type 1, division 6,
/// organisation 9, check 1 (GB 32100-2015); the organisation part carries its own check (GB 11714).
/// </summary>
/// <remarks>
/// A few really issued codes fail a check. They are refused here; whoever keeps organisations may admit one by a recorded override.
/// </remarks>
public static class CreditCode
{
    /// <summary>Characters in a code.</summary>
    public const int Length = 18;

    /// <summary>Reason: not 18 characters.</summary>
    public const string WrongLength = "credit-code.length";

    /// <summary>Reason: a character outside digits and capitals without I O S V Z.</summary>
    public const string WrongCharacter = "credit-code.character";

    /// <summary>Reason: the last character does not agree with the 17 before it (GB 32100-2015).</summary>
    public const string WrongCheckDigit = "credit-code.check-digit";

    /// <summary>Reason: the 17th character does not agree with the 8 before it (GB 11714).</summary>
    public const string WrongOrganisationCode = "credit-code.organisation-code";

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    // 3^i mod 31.
    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private static ReadOnlySpan<byte> OrganisationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>
    /// Checks a code as written: no spaces, capitals. Reports the first of length, character, check digit, organisation code that fails.
    /// </summary>
    /// <returns>Valid with no reason, or not valid with one of the reason codes of this class.</returns>
    public static (bool Valid, string? ReasonCode) Check(string? code)
    {
        if (code is null || code.Length != Length)
        {
            return (false, WrongLength);
        }

        if (code.AsSpan().ContainsAnyExcept(Allowed))
        {
            return (false, WrongCharacter);
        }

        if (CheckCharacter(code) != code[17])
        {
            return (false, WrongCheckDigit);
        }

        return OrganisationCheckCharacter(code.AsSpan(8, 8)) == code[16] ? (true, null) : (false, WrongOrganisationCode);
    }

    /// <summary>The 18th character that belongs to the first 17.</summary>
    /// <param name="code">At least 17 characters of the code's alphabet; only the first 17 are read.</param>
    /// <exception cref="ArgumentException">Too short, or a foreign character.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var at = 0; at < Weights.Length; at++)
        {
            sum += Weights[at] * ValueOf(code, at, Alphabet);
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>The 9th character that belongs to the first 8 of an organisation code (GB 11714): a digit or X.</summary>
    /// <param name="organisation">At least 8 characters; only the first 8 are read.</param>
    /// <exception cref="ArgumentException">Too short, or a foreign character.</exception>
    public static char OrganisationCheckCharacter(ReadOnlySpan<char> organisation)
    {
        // GB 11714 gives every letter its own value, 10-35, also those a credit code leaves out.
        const string digitsAndLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var sum = 0;
        for (var at = 0; at < OrganisationWeights.Length; at++)
        {
            sum += OrganisationWeights[at] * ValueOf(organisation, at, digitsAndLetters);
        }

        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var check => (char)('0' + check),
        };
    }

    private static int ValueOf(ReadOnlySpan<char> text, int at, string alphabet)
    {
        var value = at < text.Length ? alphabet.IndexOf(text[at]) : -1;
        return value >= 0 ? value : throw new ArgumentException($"No character of the alphabet at position {at + 1}.", nameof(text));
    }
}
