using System.Text;
using System.Text.Json.Nodes;
using Lodestone.Coordination.Assessment;

namespace Lodestone.Tests.Coordination.Assessment;

public sealed class ReplayBundleTests
{
    private static readonly ReplayBundle _bundle = ReplayBundle.Of(
        Rounds.OfTotals([new("优秀", 90), new("合格", 0)], [new("优秀", 0.5m)], 95, 92.5m));

    [Fact]
    public void ABundle_ReplaysToTheSameBytes()
    {
        Assert.True(ReplayBundle.TryRead(_bundle.Write(), out var read, out _));

        var replay = read.Run();

        Assert.True(replay.Matches);
        Assert.Equal(ResultsDocument.Write(AssessRound.Assess(_bundle.Inputs)), replay.Document);
        Assert.Equal(_bundle.Write(), read.Write());
    }

    [Fact]
    public void AnEditedValue_IsSeen()
    {
        Assert.True(ReplayBundle.TryRead(
            Edited(root => root["inputs"]!["units"]![1]!["criteria"]![0]!["observations"]![0]!["value"] = 92.6m),
            out var read,
            out _));

        Assert.False(read.Run().Matches);
    }

    [Fact]
    public void WhatIsNoBundle_IsRefusedByCode()
    {
        Assert.Equal("replay.not-a-bundle", Refusal("{"u8));
        Assert.Equal("replay.not-a-bundle", Refusal("[]"u8));
        Assert.Equal("replay.not-a-bundle", Refusal(""u8));
        Assert.Equal("replay.not-a-bundle", Refusal(Edited(root => root["format"] = "other")));
        Assert.Equal("replay.unknown-version", Refusal(Edited(root => root["version"] = 2)));
        Assert.Equal("replay.bad-inputs", Refusal(Edited(root => root.Remove("inputs"))));
        Assert.Equal("replay.bad-inputs", Refusal(Edited(root => root["inputs"]!["units"]![0] = null)));
        Assert.Equal("replay.bad-inputs", Refusal(Edited(root => root["inputs"]!["scheme"]!["criteria"]![0]!["rule"]!["kind"] = "bonus")));
        Assert.Equal("replay.bad-inputs", Refusal(Edited(root => root["inputs"]!["units"]![0]!["criteria"]![0]!["direction"] = 0)));
        Assert.Equal("scheme.quota-lowest", Refusal(Edited(root => root["inputs"]!["scheme"]!["quotas"]![0]!["grade"] = "合格")));
        Assert.Equal("round.target-zero", Refusal(Edited(root => root["inputs"]!["units"]![0]!["criteria"]![0]!["target"]!["value"] = 0)));
    }

    private static string? Refusal(ReadOnlySpan<byte> bytes)
    {
        Assert.False(ReplayBundle.TryRead(bytes, out var bundle, out var code));
        Assert.Null(bundle);
        return code;
    }

    private static byte[] Edited(Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(_bundle.Write())!.AsObject();
        edit(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
