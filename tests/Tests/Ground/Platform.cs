using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lodestone.Host;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Ground;

/// <summary>
/// The real host on a free port with its own database, founded with the three administrators (<c>system</c>, <c>security</c>,
/// <c>audit</c>), under a clock that the test moves. Derive from it to add modules or services.
/// </summary>
public class Platform(EngineUnderTest engine) : IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct-horse";

    private readonly ConcurrentDictionary<string, Task<HttpClient>> _clients = new();
    private WebApplication? _app;

    static Platform()
    {
        foreach ((_, _, _, string variable) in Founding.Administrators)
        {
            Environment.SetEnvironmentVariable(variable, Password);
        }
    }

    public FakeClock Clock { get; } = new();

    public Place Place { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Without a token.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>The chapters of the product; a test may add its own, without tables.</summary>
    protected virtual IReadOnlyList<IModule> Modules => Program.Modules;

    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Where the host keeps its data; a fresh place unless overridden.</summary>
    protected virtual Task<Place> PlaceAsync(EngineUnderTest engine) => engine.CopyAsync();

    public virtual async ValueTask InitializeAsync()
    {
        Place = await PlaceAsync(engine);
        Settings settings = Settings.Read([.. Place.Options, "--urls", "http://127.0.0.1:0", "--empty"], _ => null);
        _app = Site.Build(settings, Modules, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddLogging(logging => logging.ClearProviders());
            // What a password costs is not under test here.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
            Configure(services);
        });
        await Site.OpenAsync(_app, settings);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
        Anonymous = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (Task<HttpClient> client in _clients.Values.Where(client => client.IsCompletedSuccessfully))
        {
            (await client).Dispose();
        }

        Anonymous?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    /// <summary>A client that follows no redirects and keeps no cookies, so that each answer is seen as it is.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A client with the user's bearer token; the token outlives every advance of the clock.</summary>
    public Task<HttpClient> ClientAsync(string userName) => _clients.GetOrAdd(userName, NewClientAsync);

    /// <summary>The actor that a user is today.</summary>
    public async Task<Actor> ActorOfAsync(string userName)
    {
        await using PlatformDb db = Db(Actor.Nobody);
        string normalized = userName.ToUpperInvariant();
        long user = await db.Set<User>().Where(row => row.NormalizedUserName == normalized).Select(row => row.Id).SingleAsync();
        return await Services.GetRequiredService<ActorSource>().OfAsync(user);
    }

    /// <summary>A context outside any request; without an actor it sees the whole tree.</summary>
    public PlatformDb Db(Actor? actor = null) =>
        Services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(actor ?? Actor.Platform("/1/"));

    /// <summary>Runs a command within the process as an actor, as a request or a job would.</summary>
    public async Task<T> AsAsync<T>(Actor actor, Func<IServiceProvider, Task<T>> work)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        return await work(scope.ServiceProvider);
    }

    /// <summary>Adds an organisation as the system administrator; its name is its code unless given.</summary>
    public async Task AddAsync(string kind, string code, string? parent = null, string? name = null) =>
        (await (await ClientAsync("system")).PostAsync("/api/organisations", new { code, name = name ?? code, kind, parent })).Ok();

    /// <summary>Adds a user as the security administrator.</summary>
    public async Task AddUserAsync(string userName, params (string Organisation, string Role)[] memberships) =>
        (await (await ClientAsync("security")).PostAsync("/api/users", new
        {
            userName,
            displayName = userName,
            password = Password,
            memberships = memberships.Select(one => new { organisation = one.Organisation, role = one.Role }),
        })).Ok();

    public async Task<Organisation> OrganisationAsync(string code)
    {
        await using PlatformDb db = Db();
        return await db.Set<Organisation>().AsNoTracking().SingleAsync(row => row.Code == code);
    }

    /// <summary>A client with a token of its own, for the caller to dispose.</summary>
    public async Task<HttpClient> NewClientAsync(string userName)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using PlatformDb db = Db();
        string normalized = userName.ToUpperInvariant();
        long user = await db.Set<User>().Where(row => row.NormalizedUserName == normalized).Select(row => row.Id).SingleAsync();
        long id = await Services.GetRequiredService<Ids>().NextAsync();
        db.Add(new ApiToken { Id = id, UserId = user, Hash = TokenScheme.HashOf(token), CreatedAt = Clock.Instant(), ExpiresAt = Clock.Instant().AddYears(50) });
        db.Audit("token.issue", new Subject("user", user), 0, id);
        await db.SaveChangesAsync();
        HttpClient client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
