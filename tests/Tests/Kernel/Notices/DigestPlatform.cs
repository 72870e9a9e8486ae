using System.Collections.Concurrent;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Notices;

/// <summary>What a webhook's receiver got.</summary>
public sealed record Delivery(string Timestamp, string Signature, string Number, byte[] Body);

/// <summary>
/// A city <c>c</c> with two districts, their statistics bureaus and reporters as in the trial platform, a mail server and a webhook's
/// receiver. Digests go only when a test says so.
/// </summary>
public sealed class DigestPlatform(EngineUnderTest engine) : Platform(engine), IAsyncLifetime
{
    private readonly MailBox _mail = new();
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private WebApplication? _receiver;

    public MailBox Mail => _mail;

    /// <summary>What the receiver answers.</summary>
    public int Answer { get; set; } = 200;

    public string Hook => $"{_receiver!.Urls.First()}/hook";

    protected override IReadOnlyList<IModule> Modules => [.. base.Modules, new TrialModule()];

    public DigestSettings Settings => new()
    {
        Mail = new MailSettings("127.0.0.1", _mail.Port, null, null, "lodestone@city.test", MailTls.None),
        BaseAddress = new Uri("https://plan.city.test/"),
        AllowPrivate = true,
        Every = Timeout.InfiniteTimeSpan,
    };

    protected override void Configure(IServiceCollection services) => services.AddSingleton(Settings);

    public override async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.MapPost("/hook", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _deliveries.Enqueue(new Delivery(context.Request.Headers[WebhookCall.Timestamp].ToString(), context.Request.Headers[WebhookCall.Signature].ToString(),
                context.Request.Headers[WebhookCall.Delivery].ToString(), body.ToArray()));
            return TypedResults.StatusCode(Answer);
        });
        await _receiver.StartAsync();
        await base.InitializeAsync();
        await AddAsync("city", "c");
        await AddAsync("department", "b", "c");
        await AddUserAsync("city-reviewer", ("b", TrialModule.Reviewer));
        foreach (string number in new[] { "1", "2" })
        {
            await AddAsync("district", $"d{number}", "c");
            await AddAsync("department", $"b{number}", $"d{number}");
            await AddAsync("enterprise", $"e{number}", $"d{number}");
            await AddUserAsync($"reporter{number}", ($"e{number}", Role.Reporter));
            await AddUserAsync($"reviewer{number}", ($"b{number}", TrialModule.Reviewer));
        }
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _mail.Dispose();
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }
    }

    public IReadOnlyList<Delivery> Deliveries()
    {
        Delivery[] all = [.. _deliveries];
        _deliveries.Clear();
        return all;
    }

    /// <summary>
    /// Ends everybody's digest and moves the clock forward to nine o'clock of the next worked Friday before a plain weekend and a worked Monday.
    /// </summary>
    public async Task<DateOnly> FridayAsync()
    {
        WorkCalendar calendar = WorkCalendar.Published;
        DateOnly day = Clock.Today().AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Friday || !calendar.IsWorkday(day) || calendar.IsWorkday(day.AddDays(1))
            || calendar.IsWorkday(day.AddDays(2)) || !calendar.IsWorkday(day.AddDays(3)))
        {
            day = day.AddDays(1);
        }

        Clock.GoTo(day);
        await using PlatformDb db = Db();
        foreach (NoticeDigest row in await db.Set<NoticeDigest>().ToListAsync())
        {
            (row.Daily, row.Version) = (false, row.Version + 1);
        }

        await db.SaveChangesAsync();
        return day;
    }

    /// <summary>To a time of a legal day.</summary>
    public void GoTo(DateOnly day, int hour, int minute)
    {
        Clock.GoTo(day);
        Clock.Advance(TimeSpan.FromMinutes(((hour - 9) * 60) + minute));
    }

    public Task RunAsync() => Services.GetRequiredService<DigestRunner>().RunAsync();

    public async Task SubscribeAsync(string user) =>
        (await (await ClientAsync(user)).PutAsync("/api/account/digest", new { address = $"{user}@city.test", daily = true })).Ok();

    /// <summary>A trial that the reporter submits; its district's reviewers are told.</summary>
    public async Task<long> TrialAsync(string enterprise, string title)
    {
        HttpClient reporter = await ClientAsync($"reporter{enterprise[1..]}");
        Answer trial = await reporter.PostAsync("/api/trials", new { organisation = enterprise, title });
        (await reporter.PostAsync($"/api/trials/{(long)trial["id"]}/actions", new { action = "submit", version = (long)trial["version"] })).Ok();
        return (long)trial["id"];
    }
}
