namespace Lodestone.Kernel.Web.Kit;

/// <summary>A part of a time limit, in working days. <paramref name="From"/> is the date written under its beginning.</summary>
public sealed record ClockSpan(ClockSpanKind Kind, int Days, string From);

/// <summary>What the clock did during a part of a time limit.</summary>
public enum ClockSpanKind
{
    Run,
    Hold,
    Left,
    Over,
}
