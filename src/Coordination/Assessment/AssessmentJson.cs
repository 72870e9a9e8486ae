using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Assessment;

/// <summary>How schemes, inputs and results are written as JSON. Strict: a bundle with a missing field is refused, not guessed.</summary>
internal static class AssessmentJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new InstantConverter() },
    };

    /// <summary>Reads a document that the platform itself wrote.</summary>
    public static T Read<T>(string document) =>
        JsonSerializer.Deserialize<T>(document, Options) ?? throw new JsonException("The document is null.");

    /// <summary>Canonical JSON: equal content is equal text.</summary>
    public static string Write<T>(T value) => CanonicalJson.Text(value, Options);
}

/// <summary>Writes an instant in UTC with a Z and no empty fraction, so that one instant has one spelling.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
}

/// <summary>Writes an enum as the contract's word (<c>up</c>, <c>average</c>) and reads nothing but such words.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>
/// Reads a rule by its <c>kind</c>, wherever in the object that stands. The built-in polymorphism answers a missing or
/// unknown kind with NotSupportedException, which a web request would turn into a failure of the server.
/// </summary>
internal sealed class ScoreRuleConverter : JsonConverter<ScoreRule>
{
    public override ScoreRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var rule = document.RootElement;
        var kind = Member(rule, "kind");
        return (kind.ValueKind == JsonValueKind.String ? kind.GetString() : null) switch
        {
            "ratio" => new RatioRule(Number(rule, "cap")),
            "steps" => new StepsRule(Steps(rule)),
            "deduct" => new DeductRule(Number(rule, "each")),
            "bonus" => new BonusRule(Number(rule, "each")),
            "veto" => new VetoRule(Text(rule, "cap")),
            "judged" => new JudgedRule(),
            _ => throw new JsonException("The kind of a rule is ratio, steps, deduct, bonus, veto or judged."),
        };
    }

    public override void Write(Utf8JsonWriter writer, ScoreRule value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case RatioRule ratio:
                writer.WriteString("kind", "ratio");
                writer.WriteNumber("cap", ratio.Cap);
                break;
            case StepsRule steps:
                writer.WriteString("kind", "steps");
                writer.WriteStartArray("steps");
                foreach (var step in steps.Steps)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("from", step.From);
                    writer.WriteNumber("share", step.Share);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            case DeductRule deduct:
                writer.WriteString("kind", "deduct");
                writer.WriteNumber("each", deduct.Each);
                break;
            case BonusRule bonus:
                writer.WriteString("kind", "bonus");
                writer.WriteNumber("each", bonus.Each);
                break;
            case VetoRule veto:
                writer.WriteString("kind", "veto");
                writer.WriteString("cap", veto.Cap);
                break;
            case JudgedRule:
                writer.WriteString("kind", "judged");
                break;
            default:
                throw new JsonException($"A rule of type {value.GetType().Name} has no kind.");
        }

        writer.WriteEndObject();
    }

    private static List<Step> Steps(JsonElement rule)
    {
        var steps = Member(rule, "steps");
        return steps.ValueKind == JsonValueKind.Array
            ? [.. steps.EnumerateArray().Select(step => new Step(Number(step, "from"), Number(step, "share")))]
            : throw new JsonException("The steps of a rule are a list.");
    }

    private static decimal Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDecimal(out var number)
            ? number
            : throw new JsonException($"'{name}' of a rule is a number.");

    /// <summary>A text that may be left out.</summary>
    private static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var member)
        ? null
        : member.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => member.GetString(),
            _ => throw new JsonException($"'{name}' of a rule is a text."),
        };

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? member
            : throw new JsonException($"A rule lacks '{name}'.");
}
