namespace Lodestone.Kernel.Web.Kit;

/// <summary>One level of a procedure: its name, and who holds it until when.</summary>
public sealed record StepItem(string Name, StepState State, string? Detail = null);

/// <summary>Where a level stands.</summary>
public enum StepState
{
    Ahead,
    Done,
    Now,

    /// <summary>Sent back, and now being mended.</summary>
    Back,
}
