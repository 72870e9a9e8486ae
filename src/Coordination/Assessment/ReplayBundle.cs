using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Lodestone.Coordination.Assessment;

/// <summary>
/// A frozen round to take away: its inputs and the hash of the results document they gave. Whoever holds the bundle can
/// compute the results again with an empty database and compare.
/// </summary>
internal sealed record ReplayBundle(string Format, int Version, RoundInputs Inputs, string ResultsSha256)
{
    public const string FormatName = "lodestone.round-replay";
    public const int FormatVersion = 1;

    public static ReplayBundle Of(RoundInputs inputs) =>
        Of(inputs, ResultsDocument.Sha256(ResultsDocument.Write(AssessRound.Assess(inputs))));

    /// <param name="resultsSha256">As stored with the results; a replay that no longer agrees with it says so.</param>
    public static ReplayBundle Of(RoundInputs inputs, string resultsSha256) => new(FormatName, FormatVersion, inputs, resultsSha256);

    /// <summary>The bundle as canonical JSON: the same round exports the same bytes.</summary>
    public byte[] Write() => ResultsDocument.Canonical(this);

    /// <summary>Reads a bundle and refuses what could not have been exported.</summary>
    /// <param name="bytes">UTF-8 JSON.</param>
    /// <param name="bundle">The bundle, when it can be replayed.</param>
    /// <param name="code">
    /// <c>replay.not-a-bundle</c>, <c>replay.unknown-version</c>, <c>replay.bad-inputs</c>, or the first code of
    /// <see cref="SchemeCheck"/> or <see cref="RoundCheck"/>; null when the bundle is good.
    /// </param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out ReplayBundle? bundle,
        [NotNullWhen(false)] out string? code)
    {
        bundle = null;
        if (!TryParse(bytes, out var root)
            || root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String
            || format.GetString() != FormatName)
        {
            code = "replay.not-a-bundle";
            return false;
        }

        if (!root.TryGetProperty("version", out var version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number)
            || number != FormatVersion)
        {
            code = "replay.unknown-version";
            return false;
        }

        if (!TryDeserialize(root, out var read))
        {
            code = "replay.bad-inputs";
            return false;
        }

        code = SchemeCheck.Problems(read.Inputs.Scheme).Select(problem => problem.Code).FirstOrDefault()
            ?? RoundCheck.Problems(read.Inputs).Select(problem => problem.Code).FirstOrDefault();
        bundle = code is null ? read : null;
        return bundle is not null;
    }

    /// <summary>Computes the results again from the inputs alone.</summary>
    public Replay Run()
    {
        var document = ResultsDocument.Write(AssessRound.Assess(Inputs));
        var hash = ResultsDocument.Sha256(document);
        return new Replay(document, hash, string.Equals(hash, ResultsSha256, StringComparison.Ordinal));
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, out JsonElement root)
    {
        try
        {
            root = JsonElement.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }

    private static bool TryDeserialize(JsonElement root, [NotNullWhen(true)] out ReplayBundle? bundle)
    {
        try
        {
            bundle = root.Deserialize<ReplayBundle>(AssessmentJson.Options)!;
            return bundle.Inputs.Units.All(unit =>
                unit?.Criteria.All(criterion => criterion?.Observations.All(input => input is not null) == true) == true);
        }
        catch (JsonException)
        {
            bundle = null;
            return false;
        }
    }
}

/// <summary>A replayed results document, its hash, and whether that is the hash the bundle was exported with.</summary>
internal sealed record Replay(byte[] Document, string Sha256, bool Matches);
