using Lodestone.Kernel.Data;

namespace Lodestone.Services.Cases;

/// <summary>A window of the hall.</summary>
[SharedAcrossOrganisations("Windows and their hours hang in the hall for everybody to read.")]
internal sealed class HallWindow
{
    public long Id { get; internal set; }

    /// <summary>The institution or department that mans it.</summary>
    public long HallId { get; internal set; }

    public long CityId { get; internal set; }

    /// <summary>As written then: enterprises do not see the hall itself.</summary>
    public string HallName { get; internal set; } = "";

    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    /// <summary>How many appointments one slot of half an hour takes.</summary>
    public int Places { get; internal set; }

    public DateOnly? ClosedOn { get; internal set; }
}

/// <summary>A number taken in the hall. It names nobody, so it may be called out.</summary>
[SharedAcrossOrganisations("Numbers and where they are called stand on the screen in the hall; they name nobody.")]
internal sealed class QueueTicket
{
    public long Id { get; internal set; }

    public long HallId { get; internal set; }

    public DateOnly Day { get; internal set; }

    /// <summary>1, 2, 3 … of the day; shown as A001.</summary>
    public int Number { get; internal set; }

    /// <summary>The slot of an appointment, which is called before those who came without; null without one.</summary>
    public int? Slot { get; internal set; }

    public DateTimeOffset TakenAt { get; internal set; }

    /// <summary>From when on it waits: whoever came early with an appointment waits from its slot on.</summary>
    public DateTimeOffset WaitsFrom => Slot is { } slot && HallHours.Begin(Day, slot) is var begin && begin > TakenAt ? begin : TakenAt;

    /// <summary>Whole minutes until it was called, or until now.</summary>
    public int Waited(DateTimeOffset now) => Math.Max(0, (int)((CalledAt ?? now) - WaitsFrom).TotalMinutes);

    public DateTimeOffset? CalledAt { get; internal set; }

    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>The window that called it.</summary>
    public long? WindowId { get; internal set; }

    /// <summary>Who called it.</summary>
    public long? CalledBy { get; internal set; }

    /// <summary>One of <see cref="TicketState"/>.</summary>
    public string State { get; internal set; } = "";

    /// <summary>Id of the last write; a stale caller writes nothing.</summary>
    public long Version { get; internal set; }
}

internal static class TicketState
{
    public const string Waiting = "waiting";
    public const string Called = "called";
    public const string Served = "served";
    public const string NoShow = "no-show";
}

/// <summary>An enterprise's appointment at a window.</summary>
internal sealed class Appointment : IOwned
{
    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public long WindowId { get; internal set; }

    public DateOnly Day { get; internal set; }

    /// <summary>Half hours since midnight: 18 is nine o'clock.</summary>
    public int Slot { get; internal set; }

    public long BookedBy { get; internal set; }

    public DateTimeOffset BookedAt { get; internal set; }

    public DateTimeOffset? CancelledAt { get; internal set; }

    /// <summary>The number taken with it; null until the enterprise has come.</summary>
    public long? TicketId { get; internal set; }
}

/// <summary>How many places of a window's slot are taken.</summary>
[SharedAcrossOrganisations("How many places are taken names nobody; without it two enterprises could not share a slot.")]
internal sealed class HallSlot
{
    public long WindowId { get; internal set; }

    public DateOnly Day { get; internal set; }

    /// <summary>Half hours since midnight.</summary>
    public int Slot { get; internal set; }

    public int Taken { get; internal set; }

    /// <summary>Id of the last write; a stale caller writes nothing.</summary>
    public long Version { get; internal set; }
}

/// <summary>The hours of the hall. Pure.</summary>
internal static class HallHours
{
    /// <summary>How many calendar days ahead an appointment may be.</summary>
    public const int Ahead = 14;

    /// <summary>Half hours: 09:00 to 11:30, 13:30 to 16:30.</summary>
    public static IReadOnlyList<int> Slots { get; } = [18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32];

    public static int SlotOf(TimeOnly time) => (time.Hour * 2) + (time.Minute / 30);

    /// <summary>When a slot of a day begins, in legal time.</summary>
    public static DateTimeOffset Begin(DateOnly day, int slot) => new(day.ToDateTime(new TimeOnly(slot / 2, slot % 2 * 30)), Clock.LegalOffset);

    public static string Text(int slot) => $"{slot / 2:00}:{slot % 2 * 30:00}";
}
