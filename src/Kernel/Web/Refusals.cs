using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lodestone.Kernel.Web;

/// <summary>
/// Turns a refusal into problem+json with its code and a sentence in the reader's language, or into the refusal page. An
/// unforeseen error is logged with its number and shown without its text.
/// </summary>
internal sealed class Refusals(RequestDelegate next, Words words, ILogger<Refusals> log)
{
    public const string Item = "lodestone.refusal";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBare(context.Response))
            {
                // The framework said no without a word: an unknown address, a body that does not parse, a form that is gone from its page.
                await AnswerAsync(context, context.Response.StatusCode switch
                {
                    StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Refusal.NotFound(),
                    StatusCodes.Status400BadRequest when !Gate.IsApi(context) => new Refusal("request.form-expired", 400),
                    int status => new Refusal("request.malformed", status),
                });
            }
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, refusal);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            bool large = error.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await AnswerAsync(context, new Refusal(large ? "request.too-large" : "request.malformed", large ? 413 : 400));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            string number = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            log.LogError(error, "Unforeseen error {Number}", number);
            await AnswerAsync(context, new Refusal("request.failed", 500, number));
        }
    }

    private static bool IsBare(HttpResponse response) =>
        !response.HasStarted && response.ContentLength is null
        && (response.ContentType is null || response.StatusCode == StatusCodes.Status400BadRequest)
        && response.StatusCode is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError;

    /// <summary>In a scope of its own: the failed page has used up the renderer and the context of the request's.</summary>
    private async Task DrawAsync(HttpContext context)
    {
        IServiceProvider services = context.RequestServices;
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    private async Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        context.Response.Clear();
        if (!Gate.IsApi(context) && !Equals(context.Items[Item], refusal))
        {
            // The page draws the same refusal. Its status comes last: the framework leaves a 404 without content.
            context.Items[Item] = refusal;
            context.Response.OnStarting(() =>
            {
                context.Response.StatusCode = refusal.Status;
                return Task.CompletedTask;
            });
            context.Request.Path = "/refused";
            context.Request.Method = HttpMethods.Get;
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            try
            {
                await DrawAsync(context);
                return;
            }
            catch (Exception error) when (!context.Response.HasStarted)
            {
                log.LogError(error, "The refusal page failed");
                context.Response.Clear();
            }
        }

        context.Response.StatusCode = refusal.Status;
        var problem = new ProblemDetails
        {
            Status = refusal.Status,
            Title = words.Say(refusal),
            Type = $"urn:lodestone:{refusal.Code}",
        };
        problem.Extensions["code"] = refusal.Code;
        foreach ((string name, object? value) in refusal.Details)
        {
            problem.Extensions[name] = value;
        }

        await context.Response.WriteAsJsonAsync(problem, Json.Options, "application/problem+json", context.RequestAborted);
    }
}
