using Lodestone.Host;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Browser;

/// <summary>The product as <c>./run</c> serves it, with the demonstration city, and a browser before it.</summary>
public sealed class DemonstrationSite(EngineUnderTest engine) : IAsyncLifetime
{
    /// <summary>Tests that share one demonstration city; one after the other.</summary>
    public const string Collection = "demonstration";

    /// <summary>The password of every account of the demonstration city.</summary>
    private const string CityPassword = "lodestone-demo";

    /// <summary>Nobody has asked for mail, so none is sent; but the pages offer it.</summary>
    private static readonly Dictionary<string, string?> s_mail = new()
    {
        ["LODESTONE_MAIL_HOST"] = "127.0.0.1",
        ["LODESTONE_MAIL_FROM"] = "lodestone@example.invalid",
        ["LODESTONE_BASE_ADDRESS"] = "https://lodestone.example.invalid/",
    };

    private WebApplication? _app;

    public Desk Desk { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public static string PasswordOf(string userName) =>
        Founding.Administrators.Any(one => one.UserName == userName) ? Platform.Password : CityPassword;

    public async ValueTask InitializeAsync()
    {
        foreach ((_, _, _, string variable) in Founding.Administrators)
        {
            Environment.SetEnvironmentVariable(variable, Platform.Password);
        }

        Place place = await engine.CopyAsync();
        Settings settings = Settings.Read([.. place.Options, "--urls", "http://127.0.0.1:0"], s_mail.GetValueOrDefault);
        _app = Site.Build(settings, Program.Modules, services => services.AddLogging(logging => logging.ClearProviders()));
        await Site.OpenAsync(_app, settings);
        await _app.StartAsync();
        Desk = await Desk.OpenAsync(new Uri(_app.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        if (Desk is not null)
        {
            await Desk.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}

/// <summary>Names the fixture of <see cref="DemonstrationSite.Collection"/>.</summary>
[CollectionDefinition(DemonstrationSite.Collection)]
public sealed class DemonstrationGathering : ICollectionFixture<DemonstrationSite>;
