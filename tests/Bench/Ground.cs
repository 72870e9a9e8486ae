using System.Data.Common;
using System.Globalization;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Bench;

/// <summary>A database with a tree of 200 units under 10 districts, 20,000 open files, and the kernel on it as the host registers it.</summary>
internal sealed class Ground : IAsyncDisposable
{
    public const int Cases = 20_000;
    private const int Districts = 10;
    private const int Units = 200;
    private const long FirstCase = 1_000_000;

    private readonly Actor[] _actors;

    /// <summary>The kernel on a database where the ground is laid.</summary>
    public Ground(Database database)
    {
        Database = database;
        Digest = new RecordDigest([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Catalogue([new BenchModule()]));
        services.AddPlatformData(database, Digest);
        services.AddScoped<CurrentActor>();
        services.AddScoped<CaseDesk>();
        services.AddSingleton<CalendarBook>();
        services.AddScoped<ClockDesk>();
        services.AddSingleton<Rederivation>();
        Services = services.BuildServiceProvider();
        Ids = Services.GetRequiredService<Ids>();
        _actors = [.. Enumerable.Range(0, Districts).Select(i =>
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"/1/{10 + i}/");
            return new Actor(500 + i, $"clerk{i}", "", [new Grant(10 + i, path, path, BenchModule.Clerk)]);
        })];
    }

    public Database Database { get; }

    public ServiceProvider Services { get; }

    public RecordDigest Digest { get; }

    public Ids Ids { get; }

    public static async Task<Ground> LayAsync(Database database)
    {
        await Schema.UpgradeAsync(database, TimeProvider.System);
        var ground = new Ground(database);
        await ground.ExecuteAsync(
            "insert into organisation (id, code, name, kind, parent_id, path, version) values (1, 'root', 'root', 'platform', null, '/1/', 1)");
        await ground.ExecuteAsync(
            $"""
            insert into organisation (id, code, name, kind, parent_id, path, version)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {Districts - 1})
            select 10 + i, 'd' || i, 'district', 'district', 1, '/1/' || (10 + i) || '/', 1 from n
            """);
        await ground.ExecuteAsync(
            $"""
            insert into organisation (id, code, name, kind, parent_id, path, version)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {Units - 1})
            select 100 + i, 'u' || i, 'unit', 'enterprise', 10 + i % {Districts}, '/1/' || (10 + i % {Districts}) || '/' || (100 + i) || '/', 1 from n
            """);
        await ground.ExecuteAsync(
            $"""
            insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
            with recursive n (i) as (select 0 union all select i + 1 from n where i < {Cases - 1})
            select {FirstCase} + i, 'bench', 'desk', 1, 100 + i % {Units}, 'bench', i, '企业季报 ' || i, 0, 0 from n
            """);
        string no = database.Engine == Engine.Postgres ? "false" : "0";
        await ground.ExecuteAsync(
            $"""
            insert into case_clock
              (case_id, name, organisation_id, budget, unit, state, started_on, run_from, left_days, late, first_due_on, due_on, provisional, next_rung, look_on)
            select id, '{BenchModule.Term}', organisation_id, 60, 0, 0, '2026-01-05', '2026-01-05', 60, {no}, '2026-04-07', '2026-04-07', {no}, 1, '2026-04-08' from case_file
            """);
        await ground.ExecuteAsync(
            $"insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days) select id, '{BenchModule.Term}', 1, organisation_id, '2026-01-05', 0, 0 from case_file");
        await ground.ExecuteAsync("analyze");
        return ground;
    }

    /// <summary>The case at a place of the ground and a clerk of its district.</summary>
    public (long Case, Actor Actor) At(int place) => (FirstCase + place, _actors[place % Units % Districts]);

    /// <summary>Rows that moves have written: steps, audit records, notices, keys, lines of ledgers, rungs.</summary>
    public async Task<long[]> CountAsync()
    {
        string[] tables = ["case_step", "audit_record", "notice", "request_key", "case_clock_entry where ordinal > 1", "case_rung"];
        long[] counts = new long[tables.Length];
        await using DbConnection connection = await Database.OpenAsync();
        for (int i = 0; i < tables.Length; i++)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"select count(*) from {tables[i]}";
            counts[i] = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Database.DisposeAsync();
    }

    public async Task ExecuteAsync(string text)
    {
        await using DbConnection connection = await Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
