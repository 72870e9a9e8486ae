using System.Globalization;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Bulletins;

internal static class PublicEndpoints
{
    private const int MostInFeed = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/public/rss.xml", FeedAsync).OpenToAnyone("what the city has published to everybody");

    private static async Task<ContentHttpResult> FeedAsync(PublicationReading reading, Words words, DigestSettings settings, HttpRequest request, CancellationToken cancel) =>
        ExportDesk.Feed(Feed.Write(settings.BaseAddress ?? new Uri($"{request.Scheme}://{request.Host}/"), words.Say("public.title"), words.Say("public.line"),
            CultureInfo.CurrentUICulture.Name, await reading.FeedAsync(MostInFeed, cancel)));
}
