using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Host;

/// <summary>
/// Tells the browser to run only our own scripts and never inside another site's frame. The one inline script of a page is the
/// import map, let in by its digest; measures such as a bar's width stand in style attributes.
/// </summary>
internal sealed class PageSafety(RequestDelegate next)
{
    private string? _policy;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
            // The contract's reading page brings its own inline script.
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/scalar") ? "frame-ancestors 'none'" : PolicyOf(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private string PolicyOf(HttpContext context)
    {
        if (_policy is not null)
        {
            return _policy;
        }

        string? map = context.GetEndpoint()?.Metadata.GetMetadata<ImportMapDefinition>()?.ToString().ReplaceLineEndings("\n");
        string digest = map is null ? "" : $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map)))}'";
        string policy = $"default-src 'self'; script-src 'self'{digest}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
            + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        return map is null ? policy : _policy = policy;
    }
}
