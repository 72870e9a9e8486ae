using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Audit;

/// <summary>Whatever an administrator of the database does to a record is found and the record is named, in the process and by the command line.</summary>
public sealed class TamperTests(EngineUnderTest engine)
{
    /// <summary>What is done to the records 1-9, then the finding and the record it names.</summary>
    public static TheoryData<string, string, long?> Deeds => new()
    {
        { "update audit_record set after = 'another' where id = 4", "edited", 4 },
        { "update audit_record set user_id = 99 where id = 9", "edited", 9 },
        { "update audit_record set at = at - 1 where id = 1", "edited", 1 },
        { "update audit_record set digest = reverse_digest where id = 4", "edited", 4 },
        { "delete from audit_record where id = 4", "deleted", 4 },
        { "delete from audit_record where id = 9", "deleted", 9 },
        { "insert new 100", "edited", 100 },
        { "insert copy 100", "inserted", 100 },
        { "insert copy below", "inserted", -1 },
        { "swap ids 3 4", "reordered", 3 },
        { "swap seals 3 4", "reordered", 3 },
        { "delete from audit_seal where position = 4", "seal-missing", null },
        { "update audit_seal set chain = (select chain from audit_seal where position = 2) where position = 4", "reordered", 4 },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task A_deed_is_found_and_named(string deed, string code, long? record)
    {
        await using Workshop workshop = await SealedAsync();
        Assert.Empty((await workshop.Verifier.VerifyAsync()).Findings);

        foreach (string statement in Statements(deed))
        {
            await workshop.RawAsync(statement);
        }

        AuditReport report = await workshop.Verifier.VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code == code && finding.RecordId == record);
        Assert.False(report.Sound);
    }

    [Fact]
    public async Task A_cut_off_end_is_found_by_the_anchor_kept_outside()
    {
        await using Workshop workshop = await SealedAsync();
        AuditReport before = await workshop.Verifier.VerifyAsync();
        await workshop.RawAsync("delete from audit_seal where position >= 8");
        await workshop.RawAsync("delete from audit_record where id >= 8");
        AuditReport after = await workshop.Verifier.VerifyAsync((before.Sealed, before.LastChain));
        Assert.Contains(after.Findings, finding => finding is { Code: "anchor-mismatch", Position: 9 });
    }

    [Fact]
    public async Task The_command_line_names_the_record_and_ends_with_one()
    {
        await using Workshop workshop = await SealedAsync();
        (int sound, string first) = await ChildHost.RunAsync(workshop.Place, "audit", "verify");
        Assert.True(sound == 0, first);
        Assert.Contains("sound: 9 records, 9 sealed, 0 waiting, 0 findings", first, StringComparison.Ordinal);

        await workshop.RawAsync("update audit_record set action = 'another' where id = 4");
        (int broken, string second) = await ChildHost.RunAsync(workshop.Place, "audit", "verify");
        Assert.True(broken == 1, second);
        Assert.Contains("edited record=4", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_restored_with_lower_transaction_numbers_seals_on()
    {
        if (EngineUnderTest.Kind == Engine.Sqlite)
        {
            // One file carries its own counter; there is nothing to restart.
            return;
        }

        await using Workshop workshop = await SealedAsync();
        await workshop.RawAsync("update audit_record set xact = (xact::text::bigint + 1000000)::text::xid8");
        await RecordAsync(workshop, 3);
        AuditSealer started = workshop.NewSealer();
        await workshop.SealAllAsync(started);
        await RecordAsync(workshop, 2);
        await workshop.SealAllAsync(started);
        AuditReport report = await workshop.Verifier.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((14, 14), (report.Records, report.Sealed));
    }

    private async Task<Workshop> SealedAsync()
    {
        var workshop = new Workshop(await engine.CopyAsync());
        await RecordAsync(workshop, 9);
        await workshop.SealAllAsync(workshop.NewSealer());
        return workshop;
    }

    private static async Task RecordAsync(Workshop workshop, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await using PlatformDb db = workshop.Db();
            db.Audit("trial.write", new Subject("trial", i), 1, await workshop.Ids.NextAsync(), "before", "after");
            await db.SaveChangesAsync();
        }
    }

    private static IEnumerable<string> Statements(string deed)
    {
        const string Columns = "at, user_id, on_behalf_of, organisation_id, action, subject_kind, subject_id, before, after, digest";
        bool postgres = EngineUnderTest.Kind == Engine.Postgres;
        string given = postgres ? "overriding system value" : "";
        return deed switch
        {
            "insert new 100" => [$"insert into audit_record (id, reference, {Columns}) {given} select 100, 999999, {Columns} from audit_record where id = 4"],
            // A true copy needs the unique key out of the way first.
            "insert copy 100" => [DropReferenceKey, $"insert into audit_record (id, reference, {Columns}) {given} select 100, reference, {Columns} from audit_record where id = 4"],
            "insert copy below" => [DropReferenceKey, $"insert into audit_record (id, reference, {Columns}) {given} select -1, reference, {Columns} from audit_record where id = 4"],
            "swap ids 3 4" => Swap("audit_record", "id"),
            "swap seals 3 4" => Swap("audit_seal", "record_id"),
            _ => [deed.Replace("reverse_digest", "'" + new string('0', 64) + "'", StringComparison.Ordinal)],
        };

        IEnumerable<string> Swap(string table, string column) =>
        [
            $"update {table} set {column} = -3 where {column} = 3",
            $"update {table} set {column} = 3 where {column} = 4",
            $"update {table} set {column} = 4 where {column} = -3",
        ];
    }

    private const string DropReferenceKey = "drop index ix_audit_record_reference";
}
