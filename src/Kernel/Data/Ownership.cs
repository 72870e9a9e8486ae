namespace Lodestone.Kernel.Data;

/// <summary>A row that belongs to an organisation. Every such entity gets the one scope filter; a test finds entities that have neither this nor a stated reason.</summary>
public interface IOwned
{
    long OrganisationId { get; }
}

/// <summary>A table that is not one organisation's, and why that is right.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SharedAcrossOrganisationsAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

/// <summary>A table whose changes need no audit record of their own, and why.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class UnauditedAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
