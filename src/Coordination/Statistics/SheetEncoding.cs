using System.Text;
using Lodestone.Kernel;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Finds out in which code a text file was written. A mark at its beginning decides; else the text must be readable in exactly one of
/// UTF-8 and GBK, or plainly more natural in one of them. What remains unclear is asked, never guessed.
/// </summary>
internal static class SheetEncoding
{
    public const string Utf8 = "utf-8";
    public const string Gbk = "gbk";

    /// <summary>Of the characters that are not ASCII, so many per cent are common ones in a text that was read rightly.</summary>
    private const int Natural = 70;

    private static readonly Encoding s_gbk;

    static SheetEncoding()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        s_gbk = Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <exception cref="Refusal">
    /// <c>import.encoding</c>: it cannot be read in the code that was named; <c>import.encoding-unclear</c>: the reader must name one.
    /// </exception>
    public static string Decode(byte[] bytes, string? encoding)
    {
        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Strictly(new UTF8Encoding(false, true), bytes, 3) ?? throw new Refusal("import.encoding", 422, Utf8);
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Strictly(new UnicodeEncoding(bytes[0] == 0xFE, false, true), bytes, 2) ?? throw new Refusal("import.encoding", 422, "utf-16");
        }

        if (encoding is not null)
        {
            Encoding named = encoding == Utf8 ? new UTF8Encoding(false, true) : encoding == Gbk ? s_gbk : throw new Refusal("import.encoding", 422, encoding);
            return Strictly(named, bytes, 0) ?? throw new Refusal("import.encoding", 422, encoding);
        }

        string? utf8 = Strictly(new UTF8Encoding(false, true), bytes, 0);
        if (utf8 is not null && System.Text.Ascii.IsValid(content))
        {
            return content.Contains((byte)0) ? throw new Refusal("import.encoding-unclear") : utf8;
        }

        string? gbk = Strictly(s_gbk, bytes, 0);
        bool naturalGbk = gbk is not null && IsNatural(gbk);
        // A few hanzi in GBK may by chance be readable as accented letters in UTF-8, and the other way about.
        return utf8 is not null
            ? IsNatural(utf8) && !naturalGbk ? utf8 : throw new Refusal("import.encoding-unclear")
            : naturalGbk ? gbk! : throw new Refusal("import.encoding-unclear");
    }

    private static string? Strictly(Encoding encoding, byte[] bytes, int from)
    {
        try
        {
            string text = encoding.GetString(bytes, from, bytes.Length - from);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Common hanzi (the first level of GB 2312, 3,755 of them) and the signs of Chinese text. Text read in the wrong code falls on rare
    /// hanzi, other scripts and private characters.
    /// </summary>
    private static bool IsNatural(string text)
    {
        int foreign = 0;
        int common = 0;
        Span<byte> two = stackalloc byte[8];
        foreach (char each in text)
        {
            if (each < 128)
            {
                continue;
            }

            foreign++;
            if (each is (>= '\u3000' and <= '\u303F') or (>= '\uFF00' and <= '\uFF5E') or (>= '\u2010' and <= '\u2030') or '·' or '×' or '℃' or '㎡')
            {
                common++;
            }
            else if (each is >= '\u4E00' and <= '\u9FFF')
            {
                int length = s_gbk.GetBytes([each], two);
                common += length == 2 && two[0] is >= 0xB0 and <= 0xD7 && two[1] >= 0xA1 ? 1 : 0;
            }
        }

        return common * 100 >= foreign * Natural;
    }
}
