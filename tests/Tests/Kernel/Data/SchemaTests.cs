using System.Data.Common;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Data;

/// <summary>The numbered scripts build exactly the model, once, in whatever order nodes start.</summary>
public sealed class SchemaTests(Platform platform, EngineUnderTest engine) : IClassFixture<Platform>
{
    [Fact]
    public async Task The_scripts_build_exactly_the_model()
    {
        await using Database scripts = (await engine.CopyAsync()).Open();
        await using Database model = (await engine.EmptyAsync()).Open();
        await using PlatformDb db = platform.Db();
        await RunAsync(model, db.Database.GenerateCreateScript());

        IReadOnlyList<string> expected = await SchemaDescription.OfAsync(model);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await SchemaDescription.OfAsync(scripts));
    }

    [Theory]
    [InlineData("alter table membership add column drift text null")]
    [InlineData("create index ix_drift on membership (role)")]
    [InlineData("drop index ix_organisation_code")]
    [InlineData("alter table membership rename column role to rule")]
    [InlineData("create table drift (id integer not null primary key)")]
    [InlineData("drop table user_claim")]
    public async Task A_drift_of_the_schema_is_seen(string drift)
    {
        await using Database database = (await engine.CopyAsync()).Open();
        IReadOnlyList<string> before = await SchemaDescription.OfAsync(database);
        await RunAsync(database, drift);
        Assert.NotEqual(before, await SchemaDescription.OfAsync(database));
    }

    [Fact]
    public async Task A_script_edited_after_it_ran_is_refused()
    {
        await using Database database = (await engine.CopyAsync()).Open();
        await RunAsync(database, "update schema_version set hash = 'another' where number = 1");
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Schema.UpgradeAsync(database, TimeProvider.System));
        Assert.Contains("0001", refusal.Message, StringComparison.Ordinal);
        // The refusal leaves no lock behind.
        await RunAsync(database, $"update schema_version set hash = '{Schema.Scripts(database.Engine).First().Hash}' where number = 1");
        await Schema.UpgradeAsync(database, TimeProvider.System);
    }

    [Fact]
    public async Task A_second_upgrade_changes_nothing()
    {
        await using Database database = (await engine.CopyAsync()).Open();
        (IReadOnlyList<string> schema, string versions) = (await SchemaDescription.OfAsync(database), await VersionsAsync(database));
        await Schema.UpgradeAsync(database, TimeProvider.System);
        Assert.Equal(schema, await SchemaDescription.OfAsync(database));
        Assert.Equal(versions, await VersionsAsync(database));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_upgrade_once()
    {
        Place place = await engine.EmptyAsync();
        Database[] nodes = [.. Enumerable.Range(0, 4).Select(_ => place.Open())];
        await Task.WhenAll(nodes.Select(node => Task.Run(() => Schema.UpgradeAsync(node, TimeProvider.System))));
        await using Database alone = (await engine.CopyAsync()).Open();
        Assert.Equal(await SchemaDescription.OfAsync(alone), await SchemaDescription.OfAsync(nodes[0]));
        foreach (Database node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task RunAsync(Database database, string text)
    {
        await using DbConnection connection = await database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> VersionsAsync(Database database)
    {
        await using DbConnection connection = await database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "select number, hash, at from schema_version order by number";
        var lines = new List<string>();
        await using DbDataReader row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            lines.Add($"{row.GetInt32(0)} {row.GetString(1)} {row.GetString(2)}");
        }

        return string.Join('\n', lines);
    }
}
