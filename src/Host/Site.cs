using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Localization;
using Prometheus;
using Scalar.AspNetCore;

namespace Lodestone.Host;

/// <summary>Puts the house together: the database, the kernel, the chapters, the layout.</summary>
internal static class Site
{
    /// <param name="replace">Replaces services last, for a test's clock or a pack's history.</param>
    public static WebApplication Build(Settings settings, IReadOnlyList<IModule> modules, Action<IServiceCollection>? replace = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        // Without this the libraries' assets come back empty outside Development.
        builder.WebHost.UseStaticWebAssets();
        // ./run serves what it has just built; watching for edits would send every style sheet uncompressed.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64L * 1024 * 1024);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The key ring is as protected as the database that holds it; docs/security.md says how to encrypt it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        Directory.CreateDirectory(settings.DataFolder);
        Add(builder.Services, settings, modules);
        replace?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        Use(app, modules);
        return app;
    }

    /// <summary>Brings the schema up to date and founds an empty database.</summary>
    public static async Task OpenAsync(WebApplication app, Settings settings)
    {
        TimeProvider clock = app.Services.GetRequiredService<TimeProvider>();
        await Schema.UpgradeAsync(app.Services.GetRequiredService<Database>(), clock);
        await Founding.FoundAsync(app.Services, Environment.GetEnvironmentVariable);
        await app.Services.GetRequiredService<ProcedureBook>().RecordAsync();
        if (!settings.Empty)
        {
            await Demonstration.LoadAsync(app.Services, settings);
        }
    }

    /// <summary>Where pages are found besides the host: the kernel and each chapter once.</summary>
    public static Assembly[] PageAssemblies(IEnumerable<IModule> modules) =>
        [.. modules.Select(module => module.GetType().Assembly).Prepend(typeof(KernelModule).Assembly).Distinct()];

    private static void Add(IServiceCollection services, Settings settings, IReadOnlyList<IModule> modules)
    {
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton(settings.Digests);
        services.AddKernel(settings.OpenDatabase(),
            RecordDigest.FromKeyFile(Path.Combine(settings.DataFolder, "audit.key"), Environment.GetEnvironmentVariable("LODESTONE_AUDIT_KEY")),
            new EvidenceFolder(Path.Combine(settings.DataFolder, "evidence")), modules);
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "lodestone.form");
        // Compressing answers that carry secrets is safe here: a form's token is another text in every answer.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddOpenApi();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
    }

    private static void Use(WebApplication app, IReadOnlyList<IModule> modules)
    {
        CultureInfo[] cultures = [new("zh-CN"), new("en")];
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture("zh-CN"),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            RequestCultureProviders = [new CookieRequestCultureProvider()],
        });
        app.UseHttpMetrics();
        app.UseResponseCompression();
        app.UseMiddleware<PageSafety>();
        app.UseKernel();
        app.MapKernel();
        app.MapStaticAssets().OpenToAnyone("styles and scripts");
        app.MapRazorComponents<App>().AddAdditionalAssemblies(PageAssemblies(modules));
        app.MapOpenApi().OpenToAnyone("the contract is public");
        app.MapScalarApiReference().OpenToAnyone("the contract is public");
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).OpenToAnyone("asked by the machine that restarts us");
        app.MapHealthChecks("/health/ready").OpenToAnyone("asked by the load balancer");
        app.MapMetrics().OpenToAnyone("counts only; close it at the proxy");
    }
}
