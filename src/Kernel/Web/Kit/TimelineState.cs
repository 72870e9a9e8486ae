namespace Lodestone.Kernel.Web.Kit;

/// <summary>How an entry of a timeline is marked.</summary>
public enum TimelineState
{
    Past,
    Now,
    Late,
    Hold,
    Todo,
}
