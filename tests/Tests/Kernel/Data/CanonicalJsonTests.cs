using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Lodestone.Kernel.Data;

namespace Lodestone.Tests.Kernel.Data;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1, "a" : [ true , null, false ] }""", """{"a":[true,null,false],"b":1}""")]
    [InlineData("""{"é":1,"z":2,"Z":3,"":4}""", """{"":4,"Z":3,"z":2,"é":1}""")]
    [InlineData("""{"\ud83d\ude00":1,"\ufb33":2}""", "{\"\ud83d\ude00\":1,\"\ufb33\":2}")] // UTF-16 order, not code point order
    [InlineData("""{"a":{"y":1,"x":{}},"A":[]}""", """{"A":[],"a":{"x":{},"y":1}}""")]
    [InlineData("\"\\u78c1\\u77f3 \\/ <&'+> \\u007f\\u2028\"", "\"磁石 / <&'+> \u007f\u2028\"")]
    [InlineData("\"\\u0000\\u001F\\u0008\\t\\n\\f\\r\\\"\\\\\"", "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\"")]
    public void Equal_values_have_one_text(string json, string canonical)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(canonical, CanonicalJson.Text(document.RootElement));
        Assert.Equal(canonical, CanonicalJson.Text(JsonNode.Parse(json)));
        Assert.Equal(Encoding.UTF8.GetBytes(canonical), CanonicalJson.Serialize(document.RootElement));
        Assert.Equal(canonical, CanonicalJson.Text(JsonNode.Parse(canonical)));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("0e9", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("15e-1", "1.5")]
    [InlineData("-0.015E+2", "-1.5")]
    [InlineData("100", "100")]
    [InlineData("1e3", "1000")]
    [InlineData("1.234e2", "123.4")]
    [InlineData("1.20e1", "12")]
    [InlineData("0.00010", "0.0001")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("12345678901234567890.1234567890", "12345678901234567890.123456789")]
    [InlineData("333333333.33333329", "333333333.33333329")]
    public void A_number_is_its_shortest_plain_decimal(string number, string canonical)
    {
        Assert.Equal(canonical, CanonicalJson.Text(JsonNode.Parse(number)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("{\"\\ud83d\":1}")]
    [InlineData("1e401")]
    [InlineData("1e-401")]
    [InlineData("1e99999999999999999999")]
    public void What_has_no_single_text_is_refused(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Throws<JsonException>(() => CanonicalJson.Text(document.RootElement));
    }

    [Fact]
    public void An_object_is_written_as_the_web_writes_it()
    {
        Assert.Equal(
            """{"dueOn":"2026-02-27","name":"磁石","none":null,"value":1.5}""",
            CanonicalJson.Text(new { Value = 1.50m, Name = "磁石", DueOn = new DateOnly(2026, 2, 27), None = (string?)null }));
        Assert.Equal("null", CanonicalJson.Text<object?>(null));
        Assert.Equal("""{"value":1}""", CanonicalJson.Text<object>(new { Value = 1 }));
    }

    [Fact]
    public void The_hash_is_over_the_canonical_bytes()
    {
        // SHA-256 of {} and of nothing.
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", CanonicalJson.Sha256Hex(new JsonObject()));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", CanonicalJson.Sha256HexOfBytes([]));
        Assert.Equal(
            CanonicalJson.Sha256Hex(JsonNode.Parse("""{"a":1.0,"b":"\u78c1"}""")),
            CanonicalJson.Sha256Hex(JsonNode.Parse("""{ "b":"磁", "a":10e-1 }""")));
    }

    [Property(MaxTest = 1000)]
    public void Every_decimal_keeps_its_value(decimal value)
    {
        var text = CanonicalJson.Text(value);

        Assert.Equal(value, decimal.Parse(text, CultureInfo.InvariantCulture));
        Assert.Matches("^(0|-?([1-9][0-9]*|0)(\\.[0-9]*[1-9])?)$", text);
        Assert.NotEqual("-0", text);
    }

    [Property(MaxTest = 500)]
    public void Any_text_survives(string? text)
    {
        var safe = new string([.. (text ?? "").Where(character => !char.IsSurrogate(character))]);

        Assert.Equal(safe, JsonNode.Parse(CanonicalJson.Serialize(safe))!.GetValue<string>());
    }
}
