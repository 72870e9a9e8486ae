using System.Data.Common;
using System.Globalization;
using System.Text;
using Lodestone.Coordination.Statistics;
using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;

namespace Lodestone.Bench;

/// <summary>
/// A database with a city of 100 units under 10 districts and indicators in plenty, and the platform on it as the host registers it.
/// Its statistician imports histories.
/// </summary>
internal sealed class StatisticsGround : IAsyncDisposable
{
    public const int Districts = 10;
    public const long FirstUnit = 1000;
    public const long FirstIndicator = 100_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("lodestone-bench-").FullName;

    private StatisticsGround(Database database, int units, int indicators)
    {
        Database = database;
        Units = units;
        Indicators = indicators;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddKernel(database, new RecordDigest(new byte[32]), new EvidenceFolder(Path.Combine(_folder, "evidence")), [new StatisticsModule()]);
        Host = builder.Build();
    }

    public Database Database { get; }

    public int Units { get; }

    public int Indicators { get; }

    public WebApplication Host { get; }

    /// <summary>The city's statistician.</summary>
    public static Actor Statistician { get; } = new(500, "statistics", "", [new Grant(2, "/1/2/", "/1/2/", "reviewer")]);

    public static async Task<StatisticsGround> LayAsync(Database database, int units, int indicators)
    {
        await Schema.UpgradeAsync(database, TimeProvider.System);
        var ground = new StatisticsGround(database, units, indicators);
        await ground.ExecuteAsync("insert into organisation (id, code, name, kind, parent_id, path, version) values (1, 'root', 'root', 'platform', null, '/1/', 1)");
        await ground.ExecuteAsync("insert into organisation (id, code, name, kind, parent_id, path, version) values (2, 'city', '示例市', 'city', 1, '/1/2/', 1)");
        await ground.ExecuteAsync(
            $"""
            insert into organisation (id, code, name, kind, parent_id, path, version)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {Districts - 1})
            select 10 + i, 'd' || i, '区' || i, 'district', 2, '/1/2/' || (10 + i) || '/', 1 from n
            """);
        await ground.ExecuteAsync(
            $"""
            insert into organisation (id, code, name, kind, parent_id, path, version)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {units - 1})
            select {FirstUnit} + i, 'u' || i, '企业' || i, 'enterprise', 10 + i % {Districts}, '/1/2/' || (10 + i % {Districts}) || '/' || ({FirstUnit} + i) || '/', 1 from n
            """);
        await ground.ExecuteAsync(
            $"""
            insert into indicator (id, code, name, unit, decimals, aggregation, direction, frequency, purpose, explanation, version)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {indicators - 1})
            select {FirstIndicator} + i, 'i' || i, '指标' || i, '万元', 2, 'sum', 'up', 3, 'statistics', '', 1 from n
            """);
        await ground.ExecuteAsync("analyze");
        return ground;
    }

    /// <summary>A year of months of every indicator and unit, as a CSV.</summary>
    /// <param name="changed">Of a hundred values so many differ from those of the file without changes.</param>
    public byte[] Csv(int year, int changed = 0)
    {
        var text = new StringBuilder("单位,期别,指标,数值\n");
        for (int unit = 0; unit < Units; unit++)
        {
            for (int month = 1; month <= 12; month++)
            {
                for (int indicator = 0; indicator < Indicators; indicator++)
                {
                    int number = (((unit * 12) + month) * Indicators) + indicator;
                    long value = 100_000 + (number * 7919L % 900_000) + (number % 100 < changed ? 1 : 0);
                    text.Append(CultureInfo.InvariantCulture, $"u{unit},{year}M{month:00},i{indicator},{value / 100}.{value % 100:00}\n");
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static ImportLayout Layout { get; } = new(null, 1,
    [
        new("单位", ColumnContent.Organisation), new("期别", ColumnContent.Period), new("指标", ColumnContent.Indicator), new("数值", ColumnContent.Value),
    ]);

    /// <summary>Work in a scope of its own, as a request has.</summary>
    public async Task<T> AsAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Statistician;
        return await work(scope.ServiceProvider);
    }

    public async Task ExecuteAsync(params string[] texts)
    {
        await using DbConnection connection = await Database.OpenAsync();
        foreach (string text in texts)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = text;
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task<long> CountAsync(string text)
    {
        await using DbConnection connection = await Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
