using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Kernel.Calendar;

/// <summary>A State Council notice that arrives moves the due dates that rest on it.</summary>
public sealed class CalendarImportTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    [Fact]
    public async Task An_imported_notice_moves_due_dates_and_ends_what_was_provisional()
    {
        // Friday 26 February 2027; no notice for 2027 is published with the product.
        Answer before = await DueAsync();
        Assert.Equal(("2027-03-01", true), ((string?)before["dueOn"], (bool)before["provisional"]));
        string version = (string)(await platform.Anonymous.ReadAsync("/api/calendar"))["version"]!;

        (await ImportAsync("reporter1", "2027-03-01,off,a holiday")).Refused("access.role", 403);
        (await ImportAsync("system", "2027-03-01;off")).Refused("calendar.notice-line", 422);
        (await ImportAsync("system", "")).Refused("calendar.notice", 422);
        (await ImportAsync("system", "2027-03-01,off,a holiday\n2027-02-28,work,a holiday")).Ok();

        Answer after = await DueAsync();
        Assert.Equal(("2027-02-28", false), ((string?)after["dueOn"], (bool)after["provisional"]));
        Answer longer = await DueAsync(2);
        Assert.Equal("2027-03-02", (string?)longer["dueOn"]);
        Assert.NotEqual(version, (string?)(await platform.Anonymous.ReadAsync("/api/calendar"))["version"]);
    }

    private Task<Answer> DueAsync(int workingDays = 1) =>
        platform.Anonymous.ReadAsync($"/api/calculators/due-date?from=2027-02-26&workingDays={workingDays}");

    private async Task<Answer> ImportAsync(string userName, string days) =>
        await (await platform.ClientAsync(userName)).PutAsync("/api/calendar/2027", new { days, source = "https://www.gov.cn/a-notice" });
}
