using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Statistics;

/// <summary>Owns reminders of returns that have not come, several at once.</summary>
public sealed class ReminderTests(DailyCity city) : IClassFixture<DailyCity>
{
    [Fact]
    public async Task TheMissingAreRemindedOnceADay_TheOthersSayWhy()
    {
        HttpClient district = await city.ClientAsync("district");
        (await RemindAsync(district, [])).Refused("batch.size", 422);
        (await district.PostAsync("/api/returns/reminders", new { form = "closing", period = "2026Q3", organisations = new[] { "e2" } })).Refused("return.period", 422);
        (await RemindAsync(await city.ClientAsync("r2"), ["e2"])).Refused("access.role", 403);

        Assert.Equal(["reminder-sent", "reminder.not-missing"], Codes(await RemindAsync(district, ["e2", "xe"])));
        Assert.Contains("return-reminder.remind", await city.NoticesAsync("r2"));
        Assert.DoesNotContain("return-reminder.remind", await city.NoticesAsync("rx"));
        Assert.Equal(["reminder.today"], Codes(await RemindAsync(await city.ClientAsync("bureau"), ["e2"])));
        Assert.Equal(["reminder.not-missing"], Codes(await RemindAsync(await city.ClientAsync("bureau-x"), ["e2"])));

        string path = $"closing/e2/{DailyCity.Period}";
        (await city.SaveAsync("r2", path, "w", 1m)).Ok();
        (await city.MoveAsync("r2", path, "submit")).Ok();
        Assert.Equal(["reminder.not-missing"], Codes(await RemindAsync(district, ["e2"])));
    }

    private static IEnumerable<string?> Codes(Answer answer) => ((JsonArray)answer.Ok().Body!).Select(line => (string?)line!["code"] ?? (string?)line["stage"]);

    private static Task<Answer> RemindAsync(HttpClient user, string[] organisations) =>
        user.PostAsync("/api/returns/reminders", new { form = "closing", period = DailyCity.Period, organisations, note = "今天下班前报" });
}
