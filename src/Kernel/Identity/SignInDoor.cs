using Microsoft.AspNetCore.Identity;

namespace Lodestone.Kernel.Identity;

/// <summary>One check of a name and a password for the page and for tokens. Five failures lock the account for ten minutes.</summary>
public static class SignInDoor
{
    public const int MostFailures = 5;

    public static TimeSpan LockedFor { get; } = TimeSpan.FromMinutes(10);

    /// <exception cref="Refusal"><c>sign-in.failed</c> (401), <c>sign-in.locked</c> (401)</exception>
    public static async Task<User> CheckAsync(SignInManager<User> signIn, UserManager<User> users, string? userName, string? password)
    {
        User? user = string.IsNullOrEmpty(userName) ? null : await users.FindByNameAsync(userName);
        if (user is null || user.ClosedAt is not null)
        {
            // The same work as for a known name, so that the time does not tell which names exist.
            users.PasswordHasher.HashPassword(new User(), password ?? "");
            throw new Refusal("sign-in.failed", 401);
        }

        SignInResult result = await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true);
        return result switch
        {
            { Succeeded: true } => user,
            { IsLockedOut: true } => throw new Refusal("sign-in.locked", 401, (int)LockedFor.TotalMinutes),
            _ => throw new Refusal("sign-in.failed", 401),
        };
    }
}
