using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
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

    private async Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        context.Response.Clear();
        context.Response.StatusCode = refusal.Status;
        if (!Gate.IsApi(context) && !Equals(context.Items[Item], refusal))
        {
            // The page draws the same refusal; its status stays.
            context.Items[Item] = refusal;
            context.Request.Path = "/refused";
            context.Request.Method = HttpMethods.Get;
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            await next(context);
            return;
        }

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
