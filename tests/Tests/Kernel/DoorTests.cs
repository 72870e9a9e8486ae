using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Notices;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel;

/// <summary>Saves that share a commit on SQLite, and contexts that are leased from a pool.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private const string Clerk = "door-clerk";

    private readonly string _folder = Directory.CreateTempSubdirectory("lodestone-door-").FullName;
    private readonly Actor _actor = new(7, "clerk", "", [new Grant(1, "/1/", "/1/", Clerk)]);
    private Database _database = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _database = Database.OfFile(Path.Combine(_folder, "door.db"));
        await Schema.UpgradeAsync(_database, TimeProvider.System);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        // The same tables as every other class of the process: EF keeps one model for all of them.
        services.AddSingleton(new Catalogue([.. Program.Modules, new DoorModule()]));
        services.AddPlatformData(_database, new RecordDigest(new byte[32]));
        services.AddScoped<CurrentActor>();
        services.AddScoped<CaseDesk>();
        _services = services.BuildServiceProvider();
        await AsAsync(Actor.Platform("/1/"), null, async (db, _) =>
        {
            db.Add(new Organisation { Id = 1, Code = "root", Name = "root", Kind = OrganisationKind.Platform, Path = "/1/", Version = 1 });
            db.Audit("platform.found", new Subject("organisation", 1), 1, 1);
            await db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_stale_save_falls_alone_among_those_that_share_its_commit()
    {
        CaseView contested = await OpenAsync();
        CaseView[] others = [await OpenAsync(), await OpenAsync(), await OpenAsync()];

        List<Task<bool>> moves;
        using (await _database.WriteAsync(TestContext.Current.CancellationToken))
        {
            // All of them wait for the file, so they are written together when it is free.
            moves = [.. Enumerable.Range(0, 8).Select(i => MoveAsync(contested, $"contested {i}"))];
            moves.AddRange(others.Select((file, i) => MoveAsync(file, $"other {i}")));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        bool[] moved = await Task.WhenAll(moves);
        Assert.Single(moved[..8], done => done);
        Assert.All(moved[8..], Assert.True);
        await AsAsync(_actor, null, async (db, _) =>
        {
            Assert.Equal(4, await db.Set<CaseStep>().CountAsync(step => step.Action == "file"));
            Assert.Equal(4, await db.Set<AuditRecord>().CountAsync(record => record.Action == "door.file"));
            Assert.Equal(4, await db.Set<Notice>().CountAsync());
            Assert.Equal(4, await db.Set<RequestKey>().CountAsync());
            Assert.Equal(4, await db.Set<Case>().CountAsync(file => file.Stage == "shelf"));
        });
    }

    [Fact]
    public async Task A_common_commit_that_fails_leaves_nothing_and_the_next_one_stands()
    {
        await _database.Writer.WriteAsync(
        [
            new GuardedStatement("create table leaf (id integer primary key, root integer references leaf (id) deferrable initially deferred)", null),
        ]);
        Task[] saves;
        using (await _database.WriteAsync(TestContext.Current.CancellationToken))
        {
            // The second one's missing root shows only at the commit that both share.
            saves = [LeafAsync(1, null), LeafAsync(2, 99)];
        }

        foreach (Task save in saves)
        {
            await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => save);
        }

        await LeafAsync(3, null);
        Assert.Equal([3L], _database.Read(line =>
        {
            var found = new List<long>();
            using var row = line.Read("select id from leaf");
            while (row.Read())
            {
                found.Add(row.GetInt64(0));
            }

            return found;
        }));

        Task LeafAsync(long id, long? root) => _database.Writer.WriteAsync(
            [new GuardedStatement("insert into leaf (id, root) values ($1, $2)", 1, id, (object?)root ?? TypedNull.Number)]);
    }

    [Fact]
    public async Task A_duplicate_key_undoes_its_move()
    {
        CaseView first = await OpenAsync();
        CaseView second = await OpenAsync();

        Assert.True(await MoveAsync(first, "same key"));
        Assert.False(await MoveAsync(second, "same key"));

        await AsAsync(_actor, null, async (db, desk) => Assert.Equal("desk", (await desk.ReadAsync(second.Id)).Stage));
    }

    [Fact]
    public async Task No_two_scopes_hold_one_context()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(user => Task.Run(async () =>
        {
            var actor = new Actor(user, user.ToString(CultureInfo.InvariantCulture), "", [new Grant(1, "/1/", "/1/", Clerk)]);
            for (int i = 0; i < 500; i++)
            {
                await AsAsync(actor, null, async (db, _) =>
                {
                    await Task.Yield();
                    Assert.Same(actor, db.Actor);
                });
            }
        })));
    }

    private async Task<CaseView> OpenAsync()
    {
        CaseView? opened = null;
        await AsAsync(_actor, null, async (db, desk) =>
        {
            opened = await desk.OpenAsync(DoorModule.Procedure, new Subject("door", 1), 1, "/1/", "a file");
            await db.SaveChangesAsync();
        });
        return opened!;
    }

    /// <returns>False when it was refused as stale.</returns>
    private async Task<bool> MoveAsync(CaseView file, string key)
    {
        try
        {
            await AsAsync(_actor, new PendingRequest(key, "hash"), async (db, desk) =>
            {
                CaseView moved = await desk.MoveAsync(file, file.Version, "file", null);
                await db.CommitAsync(moved.Version);
            });
            return true;
        }
        catch (Refusal refusal) when (refusal.Code == "request.stale")
        {
            return false;
        }
    }

    private async Task AsAsync(Actor actor, PendingRequest? request, Func<PlatformDb, CaseDesk, Task> work)
    {
        await using AsyncServiceScope scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        PlatformDb db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        db.Request = request;
        await work(db, scope.ServiceProvider.GetRequiredService<CaseDesk>());
    }

    private sealed class DoorModule : IModule
    {
        public static Procedure Procedure { get; } = new("door", "desk", [new("file", "desk", "shelf", Clerk, Seat.At) { Tells = Clerk }])
        {
            LegalSource = "none; the test's own",
            FinalStages = ["shelf"],
        };

        public IEnumerable<Procedure> Procedures => [Procedure];

        public IEnumerable<Role> Roles => [new(Clerk)];

        public void Model(ModelBuilder model)
        {
        }

        public void Services(IServiceCollection services)
        {
        }

        public void Routes(IEndpointRouteBuilder routes)
        {
        }
    }
}
