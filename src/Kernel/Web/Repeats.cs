using System.Security.Cryptography;
using System.Text;
using Lodestone.Kernel.Data;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Kernel.Web;

/// <summary>
/// Idempotency keys: the same key with the same request gets the first answer again; with another request it is refused. The
/// answer is written by the command's own transaction (<see cref="PlatformDb.CommitAsync{T}"/>).
/// </summary>
internal sealed class Repeats(RequestDelegate next, CallerReading callers)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext context, PlatformDb db)
    {
        string key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || !Gate.IsApi(context)
            || db.Actor.UserId == 0)
        {
            await next(context);
            return;
        }

        if (key.Length > LongestKey)
        {
            throw new Refusal("request.key-too-long", 400, LongestKey);
        }

        string hash = await HashAsync(context);
        if (await AnswerAgainAsync(context, db, key, hash))
        {
            return;
        }

        db.Request = new PendingRequest(key, hash);
        try
        {
            await next(context);
        }
        catch (Refusal) when (!context.Response.HasStarted)
        {
            // Perhaps its twin was faster; then this refusal only says what the twin has already done.
            db.ChangeTracker.Clear();
            if (!await AnswerAgainAsync(context, db, key, hash))
            {
                throw;
            }
        }
    }

    private async Task<bool> AnswerAgainAsync(HttpContext context, PlatformDb db, string key, string hash)
    {
        CallerReading.FirstAnswer? first = await callers.AnswerAsync(db.Actor.UserId, key, context.RequestAborted);
        if (first is null)
        {
            return false;
        }

        if (first.RequestHash != hash)
        {
            throw new Refusal("request.key-reused");
        }

        context.Response.StatusCode = first.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(first.Answer, context.RequestAborted);
        return true;
    }

    private static async Task<string> HashAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n"));
        byte[] buffer = new byte[8192];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
