namespace Lodestone.Kernel;

/// <summary>What a case, notice or audit record is about. The kernel knows its guests only as a kind and an id.</summary>
public readonly record struct Subject(string Kind, long Id)
{
    public override string ToString() => $"{Kind}:{Id}";
}
