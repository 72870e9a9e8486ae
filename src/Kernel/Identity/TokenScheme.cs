using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lodestone.Kernel.Identity;

/// <summary>Reads <c>Authorization: Bearer …</c>. The database holds the token's SHA-256 only.</summary>
internal sealed class TokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ActorSource actors, CurrentActor current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";

    private const string Prefix = "Bearer ";

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        Actor holder = await actors.OfTokenAsync(HashOf(header[Prefix.Length..].Trim()), Context.RequestAborted);
        if (holder.UserId == 0)
        {
            return AuthenticateResult.Fail("unknown token");
        }

        // Read with the token; the gate need not read it again.
        current.Whole = holder;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, holder.UserId.ToString(CultureInfo.InvariantCulture))], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
