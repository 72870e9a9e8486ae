using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>The results of a round as canonical JSON. Equal results are equal bytes, whoever computed them.</summary>
internal static class ResultsDocument
{
    public static byte[] Write(RoundResults results) => Canonical(results);

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits in lower case.</summary>
    public static string Sha256(ReadOnlySpan<byte> document) => CanonicalJson.Sha256HexOfBytes(document);

    internal static byte[] Canonical<T>(T value) => CanonicalJson.Serialize(value, AssessmentJson.Options);
}
