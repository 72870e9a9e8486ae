using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lodestone.Kernel.Calendar;

/// <summary>A period in JSON is its written form, as a value and as a property name; anything else is a <see cref="JsonException"/>.</summary>
public sealed class PeriodJsonConverter : JsonConverter<Period>
{
    /// <inheritdoc/>
    public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parsed(reader.GetString())
            : throw new JsonException("A period is a text such as \"2026Q1\".");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override Period ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parsed(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());

    private static Period Parsed(string? text) => Period.TryParse(text, out var period)
        ? period
        : throw new JsonException($"'{text}' is not a period: write 2026, 2026H1, 2026Q1 or 2026M01.");
}
