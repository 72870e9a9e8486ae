using System.Data.Common;
using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Procedures;
using Lodestone.Tests.Ground;
using Lodestone.Tests.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Coordination.Supervision;

/// <summary>A data directory in which orders kept their own clocks (scripts up to 0013): one signed for, held and resumed, one that waits for its signature.</summary>
public sealed class FormerOrders(EngineUnderTest engine) : FormerCity(engine)
{
    protected override async Task<Place> PlaceAsync(EngineUnderTest engine)
    {
        Place place = await base.PlaceAsync(engine);
        await using DbConnection connection = await place.Open().OpenAsync();
        foreach (Schema.Script script in Schema.Scripts(place.Open().Engine).Where(script => script.Number is > 9 and < 14))
        {
            await RunAsync(connection, script.Text);
            await RunAsync(connection, $"insert into schema_version (number, name, hash, at) values ({script.Number}, '{script.Name}', '{script.Hash}', '2026-11-26')");
        }

        await PutOrderAsync(connection, 900_001, "handling", "2026-11-30", ["2026-11-02,0,0", "2026-11-06,1,0", "2026-11-10,2,0", "2026-11-20,3,5"]);
        await RunAsync(connection, "insert into supervision_rung (order_id, rung, due_on, organisation_id, fired_on) select id, 'near', due_on, organisation_id, due_on from supervision_order");
        await PutOrderAsync(connection, 900_011, "issued", "2026-12-14", ["2026-11-30,0,0"]);
        return place;
    }

    private static async Task PutOrderAsync(DbConnection connection, long id, string stage, string due, string[] lines)
    {
        string[] days = [.. lines.Select(line => line.Split(',')[0])];
        await RunAsync(connection,
            $"""
            insert into case_file (id, procedure, stage, version, organisation_id, subject_kind, subject_id, title, opened_at, stage_since)
            select {id}, 'supervision', '{stage}', {id + 2}, o.id, 'supervision-order', {id}, '督办', 0, 0 from organisation o where o.code = 'u1';
            insert into supervision_order (id, organisation_id, city_id, year, serial, part, parent_id, title, demand, source, basis, sign_workdays, finish_workdays, progress,
              sign_due_on, first_due_on, due_on, provisional, asked_until, evidence_id, case_id)
            select {id}, o.id, o.id, 2026, {id % 1000}, 0, null, '督办', '办结', 'hand', '', 2, 10, 40, '{due}', '2026-11-16', '{due}', {(connection is Npgsql.NpgsqlConnection ? "false" : "0")}, null, null, {id}
            from organisation o where o.code = 'u1';
            """);
        await PutStepAsync(connection, id, id + 1, 0, "issue", days[0]);
        if (stage == "handling")
        {
            await PutStepAsync(connection, id, id + 2, id + 1, "sign-for", "2026-11-03");
        }

        for (int at = 0; at < lines.Length; at++)
        {
            string[] cells = lines[at].Split(',');
            await RunAsync(connection,
                $"""
                insert into supervision_clock_line (order_id, ordinal, organisation_id, day, event, workdays)
                select {id}, {at + 1}, o.id, '{cells[0]}', {cells[1]}, {cells[2]} from organisation o where o.code = 'u1'
                """);
        }
    }

    private static Task PutStepAsync(DbConnection connection, long id, long step, long follows, string action, string day)
    {
        long at = InstantConverter.ToMicroseconds(DateTimeOffset.ParseExact(day + " 09:00 +08:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        return RunAsync(connection,
            $"""
            insert into case_step (id, case_id, follows, organisation_id, action, from_stage, to_stage, user_id, on_behalf_of, at, note)
            select {step}, {id}, {follows}, o.id, '{action}', 'registered', 'issued', 0, null, {at}, null from organisation o where o.code = 'u1'
            """);
    }

    private static async Task RunAsync(DbConnection connection, string text)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Owns the move of the orders' own clocks into the one deadline engine.</summary>
public sealed class FormerOrdersTests(FormerOrders city) : IClassFixture<FormerOrders>
{
    [Fact]
    public async Task Clocks_of_orders_become_clocks_of_their_cases()
    {
        await city.Services.GetRequiredService<Rederivation>().RunAsync();
        Assert.Equal(4, await ClockProof.HoldsAsync(city.Services));
        await using PlatformDb db = city.Db();
        List<CaseClock> clocks = await db.Set<CaseClock>().AsNoTracking().OrderBy(row => row.CaseId).ThenBy(row => row.Name).ToListAsync();
        // Four days before the hold, then eleven of fifteen from 10 November on.
        Assert.Equal(
            [
                ("finish", DeadlineEvent.Started, Day("2026-11-25"), Day("2026-11-16")), ("sign", DeadlineEvent.Ended, Day("2026-11-04"), Day("2026-11-30")),
                ("finish", DeadlineEvent.Started, Day("2026-12-14"), Day("2026-11-16")), ("sign", DeadlineEvent.Started, Day("2026-12-02"), Day("2026-12-14")),
            ],
            clocks.Select(row => (row.Name, row.State, row.DueOn!.Value, row.FirstDueOn)));
        Assert.Equal(Day("2026-11-03"), (await db.Set<CaseClockEntry>().SingleAsync(row => row.CaseId == 900_001 && row.Name == "sign" && row.Ordinal == 2)).Day);
        Assert.Equal("near", (await db.Set<CaseRung>().SingleAsync(row => row.DueOn == Day("2026-11-30"))).Rung);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
