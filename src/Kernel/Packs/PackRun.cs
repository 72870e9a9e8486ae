using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Packs;

/// <summary>
/// One loading of a pack. Each thing is done by the account that would do it, through the same doors as in daily work, on the
/// day when it would have happened.
/// </summary>
public sealed class PackRun(IServiceProvider services, Pack pack, PackClock clock, DateOnly today)
{
    /// <summary>The last nine working days before today are left for what is under way.</summary>
    private const int UnderWay = 9;

    public Pack Pack { get; } = pack;

    public DateOnly Today { get; } = today;

    /// <summary>The quarter at a distance from the running one: -1 is the last that ended.</summary>
    public Period Quarter(string offset) => From(PeriodKind.Quarter, offset);

    /// <summary>A quarter, a year written <c>Y0</c> (the running one), <c>Y1</c>, … or a month written <c>M-1</c> (the last that ended), <c>M-2</c>, …</summary>
    public Period PeriodAt(string offset) => offset[0] switch
    {
        'Y' => new Period(PeriodKind.Year, Today.Year + int.Parse(offset.AsSpan(1), CultureInfo.InvariantCulture), 1),
        'M' => From(PeriodKind.Month, offset[1..]),
        _ => Quarter(offset),
    };

    private Period From(PeriodKind kind, string offset)
    {
        Period period = Period.Of(kind, Today);
        int steps = int.Parse(offset, CultureInfo.InvariantCulture);
        for (; steps < 0; steps++)
        {
            period = period.Previous();
        }

        for (; steps > 0; steps--)
        {
            period = period.Next();
        }

        return period;
    }

    /// <summary>Sets the clock to a working day counted back from today, at nine in the morning.</summary>
    public void GoTo(int workdaysAgo)
    {
        DateOnly day = WorkCalendar.Published.AddWorkdays(Today, -workdaysAgo).DueOn;
        clock.Set(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), Clock.LegalOffset));
    }

    /// <summary>When a step of the work on a quarter was done: the last ended one is under way now, the one before is long done.</summary>
    /// <param name="step">0 reported, 1 first-reviewed, 2 reviewed, 3 approved.</param>
    public void GoToWorkOn(Period quarter, int step)
    {
        if (quarter == Quarter("-1"))
        {
            GoTo(UnderWay - (2 * step));
            return;
        }

        DateOnly day = WorkCalendar.Published.AddWorkdays(quarter.LastDay, 6 + (3 * step)).DueOn;
        clock.Set(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), Clock.LegalOffset));
    }

    /// <summary>Lets a little time pass, so that a history reads like one.</summary>
    public void Pass(int minutes) => clock.Advance(TimeSpan.FromMinutes(minutes));

    /// <summary>Plays a history that nothing later builds on; the clock then stands where it stood before.</summary>
    /// <param name="from">The day it begins, when that is before where the clock stands.</param>
    public async Task AsideAsync(Func<Task> play, DateOnly? from = null)
    {
        DateTimeOffset stood = clock.GetUtcNow();
        if (from is { } day)
        {
            clock.Return(new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 30)), Clock.LegalOffset));
        }

        await play();
        clock.Return(stood);
    }

    /// <summary>Acts as an account of the pack, in a scope of its own.</summary>
    public async Task AsAsync(string userName, Func<IServiceProvider, Task> act)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = await ActorAsync(userName);
        await act(scope.ServiceProvider);
    }

    /// <summary>Acts as the platform, for what an administrator would have set up.</summary>
    public async Task AsPlatformAsync(Func<IServiceProvider, Task> act)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.Platform("/1/");
        await act(scope.ServiceProvider);
    }

    /// <summary>The first account that holds a role in an organisation.</summary>
    public string Holder(string role, string? organisation = null) =>
        Pack.Table("people").FirstOrDefault(row => row["role"] == role && (organisation is null || row["organisation"] == organisation))?["userName"]
        ?? throw new InvalidDataException($"people.csv: {role} @ {organisation}");

    /// <summary>An exact decimal as the tables write it.</summary>
    public static decimal Number(string cell) => decimal.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture);

    private async Task<Actor> ActorAsync(string userName)
    {
        await using PlatformDb db = services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(Actor.Nobody);
        string normalized = userName.ToUpperInvariant();
        long id = await db.Set<User>().Where(row => row.NormalizedUserName == normalized).Select(row => row.Id).FirstAsync();
        return await services.GetRequiredService<ActorSource>().OfAsync(id);
    }
}
