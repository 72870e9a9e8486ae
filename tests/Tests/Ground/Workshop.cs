using System.Data.Common;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Ground;

/// <summary>The data of one place without a host: its context, sealer, verifier, and raw SQL as an administrator with psql or sqlite3 has it.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Workshop(Place place)
    {
        Place = place;
        Database = place.Open();
        Digest = RecordDigest.FromKeyFile(Path.Combine(place.Folder, "audit.key"), null);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FakeClock());
        services.AddSingleton(new Catalogue([.. Program.Modules, new TrialModule()]));
        services.AddScoped<CurrentActor>();
        services.AddPlatformData(Database, Digest);
        _services = services.BuildServiceProvider();
    }

    public Place Place { get; }

    public Database Database { get; }

    public RecordDigest Digest { get; }

    public Ids Ids => _services.GetRequiredService<Ids>();

    public AuditVerifier Verifier => new(Database, Digest);

    public PlatformDb Db() => _services.GetRequiredService<IDbContextFactory<PlatformDb>>().Lease(Actor.Platform("/1/"));

    /// <summary>A sealer that knows nothing yet, as a process that has just started.</summary>
    public AuditSealer NewSealer() => new(Database, Digest, TimeProvider.System);

    /// <summary>Seals until nothing waits. A transaction that writes anywhere in the cluster delays this, so it is asked for again.</summary>
    public async Task SealAllAsync(AuditSealer sealer)
    {
        for (int attempt = 0; attempt < 600; attempt++)
        {
            await sealer.SealAsync();
            if ((await NumbersAsync("select count(*) from audit_record r where not exists (select 1 from audit_seal s where s.record_id = r.id)"))[0] == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("Records still wait for their seal.");
    }

    public async Task<int> RawAsync(string statement)
    {
        await using DbConnection connection = await Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<long>> NumbersAsync(string query)
    {
        await using DbConnection connection = await Database.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = query;
        var numbers = new List<long>();
        await using DbDataReader row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            numbers.Add(row.GetInt64(0));
        }

        return numbers;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
