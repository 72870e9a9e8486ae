using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lodestone.Coordination.Assessment;
using Lodestone.Coordination.Cockpit;
using Lodestone.Coordination.Plans;
using Lodestone.Coordination.Statistics;
using Lodestone.Coordination.Supervision;
using Lodestone.Host;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;

namespace Lodestone.Bench;

/// <summary>
/// The product over HTTP, with sign-in, checks, clock, audit record and notice, as a ratio to a bare endpoint of the same run. Strapi 5 was measured
/// at 0.0053 of its own bare endpoint for creating an entry and 0.0046 for changing its status; five times that is asked for.
/// </summary>
internal static class HttpArea
{
    private const int Callers = 16;
    private const double Create = 0.027;
    private const double Change = 0.023;

    /// <summary>Compiled queries know one engine, so each engine is measured in a process of its own.</summary>
    public static async Task RunAsync(Board board, bool brief)
    {
        foreach (string engine in new[] { "postgres", "sqlite" })
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(HttpArea).Assembly.Location, Verb, engine, .. brief ? ["--short"] : Array.Empty<string>()])
            {
                RedirectStandardOutput = true,
            };
            using Process child = Process.Start(start)!;
            Console.WriteLine();
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                if (!line.StartsWith('{'))
                {
                    Console.WriteLine(line);
                    continue;
                }

                Ratios ratios = JsonSerializer.Deserialize<Ratios>(line)!;
                Enter(board, "create / hello", brief ? Create / 2 : Create, ratios.Created);
                Enter(board, "change / hello", brief ? Change / 2 : Change, ratios.Changed);
            }

            await child.WaitForExitAsync();
            if (child.ExitCode != 0)
            {
                throw new InvalidOperationException($"Nothing was measured over HTTP on {engine}.");
            }
        }
    }

    /// <summary>What a process that measures one engine is called with.</summary>
    public const string Verb = "over-http";

    private sealed record Ratios(IReadOnlyList<double> Created, IReadOnlyList<double> Changed);

    public static async Task MeasureAsync(string engine, bool brief)
    {
        Environment.SetEnvironmentVariable("LODESTONE_SYSTEM_ADMIN", Guid.NewGuid().ToString("N"));
        await using WebApplication hello = await HelloAsync();
        if (engine == "sqlite")
        {
            await OnAsync(hello, "SQLite, synchronous FULL", [], brief);
            return;
        }

        await using PostgresServer server = await PostgresServer.StartAsync();
        await OnAsync(hello, "PostgreSQL, fsync on", ["--database", PostgresServer.ConnectionString(server.Port)], brief);
    }

    private static async Task OnAsync(WebApplication hello, string engine, string[] place, bool brief)
    {
        string folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;
        try
        {
            Settings settings = Settings.Read(["--data", folder, "--empty", "--urls", "http://127.0.0.1:0", .. place], _ => null);
            await using WebApplication house = Site.Build(settings, [new PlansModule(), new SupervisionModule(), new StatisticsModule(), new AssessmentModule(), new CockpitModule(), new BenchModule()], services => services.AddLogging(logging => logging.ClearProviders()));
            await Site.OpenAsync(house, settings);
            await house.StartAsync();
            string token = await SettleAsync(house.Services);
            using HttpClient bare = Client(hello, null);
            using HttpClient clerk = Client(house, token);
            var cases = new System.Collections.Concurrent.ConcurrentQueue<(long Id, long Version)>();
            var created = new List<double>();
            var changed = new List<double>();
            TimeSpan turn = TimeSpan.FromSeconds(brief ? 1 : 3);
            (double helloRate, double createRate, double changeRate) = (0, 0, 0);
            for (int run = 0; run <= (brief ? 1 : 3); run++)
            {
                helloRate = await RateAsync(turn, async () => (await bare.GetAsync(new Uri("/", UriKind.Relative))).EnsureSuccessStatusCode().Dispose());
                createRate = await RateAsync(turn, async () => cases.Enqueue(await PostAsync(clerk, "/api/bench", new { organisation = "u", title = "企业申请" })));
                changeRate = await RateAsync(turn, async () =>
                {
                    if (!cases.TryDequeue(out (long Id, long Version) one))
                    {
                        throw new InvalidOperationException("More changes than cases.");
                    }

                    cases.Enqueue(await PostAsync(clerk, $"/api/bench/{one.Id}/actions", new { version = one.Version }));
                });
                if (run > 0)
                {
                    created.Add(createRate / helloRate);
                    changed.Add(changeRate / helloRate);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}, over HTTP: hello {helloRate:0}/s, create {createRate:0}/s, change {changeRate:0}/s"));
            Console.WriteLine(JsonSerializer.Serialize(new Ratios(created, changed)));
            await house.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Thousandths, so that two decimals say something.</summary>
    private static void Enter(Board board, string name, double least, IReadOnlyList<double> ratios) =>
        board.Enter(new Bar($"{name}, thousandths", least * 1000), [.. ratios.Select(ratio => ratio * 1000)]);

    private static async Task<WebApplication> HelloAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.StartAsync();
        return app;
    }

    /// <summary>A unit and its clerk, with a token.</summary>
    private static async Task<string> SettleAsync(IServiceProvider services)
    {
        string token = new('b', 64);
        long unit = await services.GetRequiredService<Ids>().TakeAsync(3);
        await using DbConnection connection = await services.GetRequiredService<Database>().OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"""
            insert into organisation (id, code, name, kind, parent_id, path, version) values ({unit}, 'u', 'u', 'department', 1, '/1/{unit}/', 1);
            insert into membership (id, user_id, organisation_id, role)
            select {unit + 1}, id, {unit}, '{BenchModule.Clerk}' from user_account where normalized_user_name = 'SYSTEM';
            insert into api_token (id, user_id, hash, created_at, expires_at)
            select {unit + 2}, id, '{TokenScheme.HashOf(token)}', 0, 4000000000000000 from user_account where normalized_user_name = 'SYSTEM';
            """);
        await command.ExecuteNonQueryAsync();
        return token;
    }

    private static HttpClient Client(WebApplication app, string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Callers, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<(long Id, long Version)> PostAsync(HttpClient client, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using HttpResponseMessage answer = await client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode && JsonNode.Parse(text) is { } file
            ? ((long)file["id"]!, (long)file["version"]!)
            : throw new InvalidOperationException($"{answer.StatusCode} {text}");
    }

    private static async Task<double> RateAsync(TimeSpan turn, Func<Task> call)
    {
        var clock = Stopwatch.StartNew();
        int[] calls = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            while (clock.Elapsed < turn)
            {
                await call();
                count++;
            }

            return count;
        })));
        return calls.Sum() / clock.Elapsed.TotalSeconds;
    }
}
