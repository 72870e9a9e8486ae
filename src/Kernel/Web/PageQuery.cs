using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Kernel.Web;

/// <summary>
/// A page's address with a number, day or yes-or-no that does not read as one is the caller's mistake and told as such; the framework would
/// take it for an error of the house.
/// </summary>
internal static class PageQuery
{
    public const string Code = "request.address";

    private static readonly ConcurrentDictionary<Type, (string Name, Type Type)[]> s_asked = new();

    /// <exception cref="Refusal"><c>request.address</c></exception>
    public static void Require(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page)
        {
            return;
        }

        foreach ((string name, Type type) in s_asked.GetOrAdd(page.Type, Asked))
        {
            if (context.Request.Query[name].Any(value => !Reads(value, type)))
            {
                throw new Refusal(Code, 400);
            }
        }
    }

    private static (string Name, Type Type)[] Asked(Type page) =>
    [
        .. from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
           let query = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
           where query is not null
           select (query.Name ?? property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType),
    ];

    private static bool Reads(string? value, Type type) => string.IsNullOrEmpty(value) || Type.GetTypeCode(type) switch
    {
        TypeCode.Int64 => long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        TypeCode.Int32 => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        TypeCode.Boolean => bool.TryParse(value, out _),
        _ => type != typeof(DateOnly) || DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _),
    };
}
