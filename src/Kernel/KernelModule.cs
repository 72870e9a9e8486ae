using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lodestone.Kernel;

/// <summary>What every chapter stands on.</summary>
public static class KernelModule
{
    /// <summary>The verbs that come with the kernel.</summary>
    public static IEnumerable<CommandLineVerb> Verbs => [AuditCommand.Verb];

    public static IServiceCollection AddKernel(
        this IServiceCollection services, Database database, RecordDigest digest, EvidenceFolder evidence, IReadOnlyList<IModule> modules)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Catalogue(modules));
        services.AddSingleton(evidence);
        services.AddPlatformData(database, digest);
        services.AddScoped<CurrentActor>();
        services.AddSingleton<ActorSource>();
        services.AddSingleton<CalendarBook>();
        services.AddSingleton<Rederivation>();
        services.AddScoped<CalendarDesk>();
        services.AddSingleton<Words>();
        services.AddSingleton<Frame>();
        services.AddSingleton<DemonstrationAccounts>();
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<AuditVerifier>();
        services.AddScoped<OrganisationTree>();
        services.AddScoped<UserBook>();
        services.AddScoped<DelegationBook>();
        services.AddScoped<HandOver>();
        services.AddScoped<CaseDesk>();
        services.AddScoped<ClockDesk>();
        services.AddSingleton<RungRunner>();
        services.AddScoped<StepReading>();
        services.AddSingleton<ProcedureBook>();
        services.AddScoped<ProcedurePapers>();
        services.AddScoped<RehearsalReading>();
        services.AddScoped<IndicatorBook>();
        services.AddScoped<ObservationBook>();
        services.AddScoped<ObservationReading>();
        services.AddSingleton<ApprovedCube>();
        services.AddScoped<TargetBook>();
        services.AddScoped<EvidenceStore>();
        services.AddScoped<ExportDesk>();
        services.AddSingleton(_ => new PdfMaker());
        services.AddScoped<Inbox>();
        services.AddScoped<DigestBook>();
        services.AddScoped<WebhookBook>();
        services.TryAddSingleton<DigestSettings>();
        services.AddSingleton<DigestLetter>();
        services.AddSingleton<WebhookCall>();
        services.AddSingleton<DigestRunner>();
        services.AddScoped<Workbench>();
        services.AddHostedService<AuditSealing>();
        services.AddHostedService<DigestSending>();
        services.AddHostedService<ClockWatching>();
        services.AddLocalization();
        services.ConfigureHttpJsonOptions(options => Json.Set(options.SerializerOptions));
        services.AddSignIn();
        foreach (IModule module in modules)
        {
            module.Services(services);
        }

        return services;
    }

    /// <summary>The gate, the refusals and the repeats, in the one order that is right.</summary>
    public static void UseKernel(this IApplicationBuilder app)
    {
        app.UseMiddleware<Refusals>();
        app.UseRouting();
        app.UseMiddleware<Gate>();
        app.UseAntiforgery();
        app.Use((context, next) => !HttpMethods.IsGet(context.Request.Method) && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? throw new Refusal("request.form-expired", StatusCodes.Status400BadRequest)
            : next(context));
        app.UseMiddleware<Repeats>();
    }

    public static void MapKernel(this IEndpointRouteBuilder routes)
    {
        OrganisationEndpoints.Map(routes);
        IdentityEndpoints.Map(routes);
        HandOverEndpoints.Map(routes);
        CalendarEndpoints.Map(routes);
        ProcedureEndpoints.Map(routes);
        CalculatorEndpoints.Map(routes);
        IndicatorEndpoints.Map(routes);
        NoticeEndpoints.Map(routes);
        DigestEndpoints.Map(routes);
        EvidenceEndpoints.Map(routes);
        AuditEndpoints.Map(routes);
        ExportEndpoints.Map(routes);
        FrameEndpoints.Map(routes);
        foreach (IModule module in routes.ServiceProvider.GetRequiredService<Catalogue>().Modules)
        {
            module.Routes(routes);
        }
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("Lodestone").PersistKeysToDbContext<PlatformDb>();
        services.AddAuthentication(options => options.DefaultScheme = "Either")
            .AddPolicyScheme("Either", null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenScheme.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.Cookie.Name = "lodestone";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = TimeSpan.FromHours(9);
                options.SlidingExpiration = true;
                options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
            });
        services.AddIdentityCore<User>(options =>
        {
            options.Lockout.MaxFailedAccessAttempts = SignInDoor.MostFailures;
            options.Lockout.DefaultLockoutTimeSpan = SignInDoor.LockedFor;
            options.User.AllowedUserNameCharacters = "";
            options.Password.RequiredLength = UserBook.ShortestPassword;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
        }).AddSignInManager();
        services.AddScoped<IUserStore<User>, UserOnlyStore<User, PlatformDb, long>>();
        // A closed account or a new password ends old cookies at once: the actor is read anew on each request anyway.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }
}
