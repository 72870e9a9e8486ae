using Lodestone.Kernel;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Indicators;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Audit;

/// <summary>A command and its audit record stand or fall together.</summary>
public sealed class AuditInTransactionTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    [Trait("Teeth", "audit")]
    public async Task A_command_that_fails_leaves_no_record()
    {
        await using PlatformDb db = platform.Db();
        long reference = await NextAsync();
        db.Add(new Indicator { Id = await NextAsync(), Code = "fallen", Name = "a" });
        db.Add(new Indicator { Id = await NextAsync(), Code = "fallen", Name = "b" });
        db.Audit("trial.fall", new Subject("trial", 1), 1, reference);
        await Assert.ThrowsAsync<Refusal>(() => db.SaveChangesAsync());
        Assert.Equal(0, await RecordsAsync(reference));
    }

    [Fact]
    [Trait("Teeth", "audit")]
    public async Task A_record_that_cannot_be_written_undoes_the_command()
    {
        long reference = await NextAsync();
        await using (PlatformDb first = platform.Db())
        {
            first.Audit("trial.first", new Subject("trial", 1), 1, reference);
            await first.SaveChangesAsync();
        }

        await using PlatformDb db = platform.Db();
        db.Add(new Indicator { Id = await NextAsync(), Code = "unrecorded", Name = "a" });
        db.Audit("trial.second", new Subject("trial", 1), 1, reference);
        await Assert.ThrowsAsync<Refusal>(() => db.SaveChangesAsync());
        await using PlatformDb seen = platform.Db();
        Assert.False(await seen.Set<Indicator>().AnyAsync(row => row.Code == "unrecorded"));
    }

    [Fact]
    [Trait("Teeth", "audit")]
    public async Task A_transaction_that_is_rolled_back_takes_its_record_along()
    {
        long reference = await NextAsync();
        await using (PlatformDb db = platform.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Audit("trial.back", new Subject("trial", 1), 1, reference);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await RecordsAsync(reference));
    }

    [Fact]
    public async Task A_save_without_a_record_is_a_fault_of_the_programme()
    {
        await using PlatformDb db = platform.Db();
        db.Add(new Indicator { Id = await NextAsync(), Code = "silent", Name = "a" });
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Assert.Contains("without an audit record", fault.Message, StringComparison.Ordinal);
    }

    private async Task<long> NextAsync() => await platform.Services.GetRequiredService<Ids>().NextAsync();

    private async Task<int> RecordsAsync(long reference)
    {
        await using PlatformDb db = platform.Db();
        return await db.Set<AuditRecord>().CountAsync(row => row.Reference == reference);
    }
}
