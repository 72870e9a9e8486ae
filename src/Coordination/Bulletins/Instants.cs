namespace Lodestone.Coordination.Bulletins;

/// <summary>An instant in an address, as milliseconds since 1970; what is none there means the beginning of the list.</summary>
internal static class Instants
{
    public static DateTimeOffset? Read(long? milliseconds) =>
        milliseconds is > 0 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;
}
