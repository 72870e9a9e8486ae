using Lodestone.Kernel.Calendar;

namespace Lodestone.Kernel.Procedures;

/// <summary>A time limit that runs over several stages of a case, beside the limits of single moves.</summary>
/// <param name="Name">Its code, unique in the procedure; its name in words is the resource <c>clock.{procedure}.{name}</c>.</param>
/// <param name="LegalSource">The law or order that sets it.</param>
public sealed record ProcedureClock(string Name, string LegalSource)
{
    /// <summary>The stages in which it runs, once it has begun; in every other one it stands still or is over.</summary>
    public IReadOnlyList<string> RunsIn { get; init; } = [];

    /// <summary>Whoever comes back to where it runs has the whole limit again.</summary>
    public bool Anew { get; init; }

    /// <summary>The reminder ladder, in the order of time.</summary>
    public IReadOnlyList<Rung> Rungs { get; init; } = [];
}

/// <summary>A rung of a reminder ladder.</summary>
/// <param name="Code">Unique in its ladder.</param>
/// <param name="Workdays">Working days after the due day; negative before it, whatever unit the limit is counted in.</param>
/// <param name="Action">The automatic move that the case makes when the rung's day has come.</param>
public sealed record Rung(string Code, int Workdays, string Action)
{
    /// <summary>The day on which it comes.</summary>
    public DateOnly DayOf(DateOnly due, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkdays(due, Workdays).DueOn;
    }
}

/// <summary>A mechanism that does more than tell somebody when a rung is climbed. Its writes stand or fall with the climb.</summary>
public interface IRungReaction
{
    /// <summary>The code of its procedure.</summary>
    string Procedure { get; }

    /// <param name="moved">The case after the rung's move.</param>
    /// <param name="clock">Name of the clock.</param>
    Task OnAsync(CaseView moved, string clock, Rung rung, CancellationToken cancel = default);
}
