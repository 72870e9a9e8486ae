using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lodestone.Coordination.Advice;

/// <summary>Reminds the experts who have not answered shortly before the day: of each day once, however many nodes look.</summary>
internal sealed class OpinionReminder(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Working days before the day. Who is asked for sooner has just been told.</summary>
    public const int NearWorkdays = 2;

    private const int MostAtOnce = 200;

    /// <returns>How many experts were reminded.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        List<long> near = await scopes.AsPlatformAsync(async services =>
            await (await NearAsync(services, cancel)).OrderBy(row => row.Id).Select(row => row.Id).Take(MostAtOnce).ToListAsync(cancel));
        int reminded = 0;
        foreach (long id in near)
        {
            reminded += await scopes.AsPlatformAsync(services => RemindAsync(services, id, cancel));
        }

        return reminded;
    }

    private async Task<IQueryable<Assignment>> NearAsync(IServiceProvider services, CancellationToken cancel)
    {
        DateOnly today = clock.Today();
        DateOnly horizon = (await services.GetRequiredService<CalendarBook>().CurrentAsync(cancel)).AddWorkdays(today, NearWorkdays).DueOn;
        return services.GetRequiredService<PlatformDb>().Set<Assignment>().Where(row => row.GivenAt == null && !row.Ended && row.DueOn >= today && row.DueOn <= horizon
            && (row.RemindedFor == null || row.RemindedFor != row.DueOn));
    }

    private async Task<int> RemindAsync(IServiceProvider services, long id, CancellationToken cancel)
    {
        PlatformDb db = services.GetRequiredService<PlatformDb>();
        if (await (await NearAsync(services, cancel)).FirstOrDefaultAsync(row => row.Id == id, cancel) is not { } asked)
        {
            return 0;
        }

        long file = await db.Set<Inquiry>().Where(row => row.Id == asked.InquiryId).Select(row => row.CaseId).FirstAsync(cancel);
        // The version stays: a page that the expert has open is still good.
        asked.RemindedFor = asked.DueOn;
        db.Add(Notice.ToPerson(asked.UserId, asked.OrganisationId, InquiryProcedure.ToldNear, file, asked.Title, AdviceModule.Place("questions", id), clock.Instant()));
        db.Audit("advice.reminded", new Subject("advice-assignment", id), asked.OrganisationId, await services.GetRequiredService<Ids>().NextAsync(cancel), null, $"{asked.DueOn:yyyy-MM-dd}");
        return await db.TrySaveAsync(cancel) ? 1 : 0;
    }
}

/// <summary>Looks every hour whose day is near.</summary>
internal sealed class OpinionWatching(OpinionReminder reminder, TimeProvider clock, ILogger<OpinionWatching> log) : Sweep(TimeSpan.FromHours(1), clock, log)
{
    protected override Task RoundAsync(CancellationToken cancel) => reminder.RunAsync(cancel);
}
