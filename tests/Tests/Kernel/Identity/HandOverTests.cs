using System.Net;
using System.Text.Json.Nodes;
using Lodestone.Kernel.Audit;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Tests.Kernel.Identity;

/// <summary>A seat is never left empty without a word: it goes to a named person from a named day, for a reason.</summary>
public sealed class HandOverTests(TrialPlatform platform) : IClassFixture<TrialPlatform>
{
    private DateOnly Today => platform.Clock.Today();

    [Fact]
    public async Task Seats_go_over_on_their_day_and_what_was_delegated_ends()
    {
        (string leaver, string heir) = await PairAsync("day");
        await platform.AddUserAsync("deputy-day", ("e1", TrialModule.Reviewer));
        await DelegateAsync(leaver, "deputy-day", Today, Today.AddDays(30));
        await DelegateAsync(leaver, "deputy-day", Today.AddDays(20), Today.AddDays(40));
        (long id, long version) = await platform.TrialAsync();

        Answer made = (await MoveAsync(leaver, heir, Today.AddDays(2))).Ok();
        Assert.Equal(1, (int)made["seats"]);
        (await platform.MoveAsync(heir, id, "submit", version)).Refused("access.role", 403);
        version = (long)(await platform.MoveAsync(leaver, id, "submit", version))["version"];

        platform.Clock.Advance(TimeSpan.FromDays(2));
        foreach (string gone in new[] { leaver, "deputy-day" })
        {
            (await platform.MoveAsync(gone, id, "withdraw", version)).Refused("access.role", 403);
        }

        (await platform.MoveAsync(heir, id, "withdraw", version)).Ok();
        platform.Clock.Advance(TimeSpan.FromDays(20));
        Assert.DoesNotContain((await platform.ActorOfAsync("deputy-day")).Grants, grant => grant.Role == Role.Reporter);
    }

    [Fact]
    public async Task One_record_says_who_whom_when_and_why()
    {
        (string leaver, string heir) = await PairAsync("audit");
        await DelegateAsync(leaver, heir, Today, Today.AddDays(3));
        (await MoveAsync(leaver, heir, Today)).Ok();
        long user;
        await using PlatformDb db = platform.Db();
        user = await db.Set<User>().Where(row => row.UserName == leaver).Select(row => row.Id).SingleAsync();
        AuditRecord record = await db.Set<AuditRecord>().SingleAsync(row => row.SubjectKind == "user" && row.SubjectId == user && row.Action == "user.hand-over");
        Assert.Equal(($"{leaver}: reporter@e1", $"{heir} {Today:yyyy-MM-dd} (1 delegations ended): transferred"), (record.Before, record.After));
    }

    [Fact]
    public async Task Before_it_is_shown_what_the_person_has_and_no_paper()
    {
        (string leaver, string heir) = await PairAsync("sight");
        await DelegateAsync(leaver, heir, Today, Today.AddDays(3));
        (await (await platform.ClientAsync(heir)).PostAsync("/api/delegations", new { deputy = leaver, organisation = "e1", role = TrialModule.Reviewer, from = Today, until = Today, reason = "x" })).Ok();
        await platform.TrialAsync();
        JsonNode sight = (await (await platform.ClientAsync("security")).ReadAsync($"/api/users/{leaver}/hand-over")).Ok().Body!;
        Assert.Equal(("e1", "reporter"), ((string?)sight["seats"]![0]!["organisation"], (string?)sight["seats"]![0]!["role"]));
        Assert.Equal(heir, (string?)Assert.Single(sight["given"]!.AsArray())!["other"]);
        Assert.Equal(heir, (string?)Assert.Single(sight["received"]!.AsArray())!["other"]);
        JsonNode work = sight["work"]!.AsArray().Single(one => (string?)one!["kind"] == "work.trial.draft")!;
        Assert.True((int)work["count"]! >= 1);
        Assert.DoesNotContain("trial of e1", sight.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_names_nobody_gives_no_reason_or_changes_nothing_is_refused()
    {
        (string leaver, string heir) = await PairAsync("refused");
        (await MoveAsync(leaver, null, Today)).Refused("hand-over.nobody", 422);
        (await MoveAsync(leaver, " ", Today)).Refused("hand-over.nobody", 422);
        (await MoveAsync(leaver, leaver, Today)).Refused("hand-over.self", 422);
        (await MoveAsync(leaver, "no-such-user", Today)).Refused("request.not-found", 404);
        (await MoveAsync(leaver, heir, Today, " ")).Refused("hand-over.reason", 422);
        (await MoveAsync(leaver, heir, Today.AddDays(-1))).Refused("hand-over.day", 422);
        (await MoveAsync(leaver, heir, Today.AddDays(367))).Refused("hand-over.day", 422);
        (await MoveAsync(leaver, heir, null)).Refused("hand-over.day", 422);
        Assert.Contains((await platform.ActorOfAsync(leaver)).Grants, grant => grant.Role == Role.Reporter);
        (await MoveAsync(leaver, heir, Today)).Ok();
        (await MoveAsync(leaver, heir, Today)).Refused("hand-over.nothing", 422);
    }

    [Fact]
    public async Task Of_two_at_once_one_goes_over()
    {
        (string leaver, string heir) = await PairAsync("twins");
        await platform.AddUserAsync("heir-other", ("e1", TrialModule.Reviewer));
        Answer[] answers = await Task.WhenAll(new[] { heir, "heir-other", heir, "heir-other" }.Select(one => Task.Run(() => MoveAsync(leaver, one, Today))));
        Assert.Single(answers, answer => answer.Message.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => !answer.Message.IsSuccessStatusCode), answer => Assert.Contains(answer.Code, (string?[])["request.stale", "hand-over.nothing"]));
        Actor[] heirs = [await platform.ActorOfAsync(heir), await platform.ActorOfAsync("heir-other")];
        Assert.Single(heirs, one => one.Is(Role.Reporter));
    }

    [Fact]
    public async Task Offices_of_administrators_stay_apart()
    {
        (string leaver, string heir) = await PairAsync("office");
        (await MoveAsync(leaver, "system", Today)).Refused("identity.separated-roles", 422);
        (await MoveAsync("audit", heir, Today)).Refused("identity.separated-roles", 422);
        (await MoveAsync("audit", "security", Today)).Refused("identity.separated-roles", 422);
        Assert.Contains((await platform.ActorOfAsync(leaver)).Grants, grant => grant.Role == Role.Reporter);
        Assert.Contains((await platform.ActorOfAsync("audit")).Grants, grant => grant.Role == Role.AuditAdmin);
    }

    [Fact]
    public async Task A_seat_that_the_successor_already_has_is_not_given_twice_and_a_dated_one_keeps_its_end()
    {
        await platform.AddUserAsync("leaver-twice", ("e1", Role.Reporter));
        await platform.AddUserAsync("heir-twice", ("e1", Role.Reporter));
        DateOnly end = Today.AddDays(50);
        (await (await platform.ClientAsync("security")).PostAsync("/api/users/leaver-twice/memberships", new { organisation = "b1", role = TrialModule.Reviewer, until = end })).Ok();
        Assert.Equal(2, (int)(await MoveAsync("leaver-twice", "heir-twice", Today)).Ok()["seats"]);
        await using PlatformDb db = platform.Db();
        long heir = await db.Set<User>().Where(row => row.UserName == "heir-twice").Select(row => row.Id).SingleAsync();
        List<Membership> seats = await db.Set<Membership>().Where(row => row.UserId == heir).OrderBy(row => row.Id).ToListAsync();
        Assert.Equal([(Role.Reporter, null), (TrialModule.Reviewer, end)], seats.Select(row => (row.Role, row.EndsOn)));
    }

    [Fact]
    public async Task The_page_shows_the_form_and_hands_over()
    {
        (string leaver, string heir) = await PairAsync("page");
        HttpClient security = await platform.ClientAsync("security");
        string address = $"/admin/users?user={leaver}";
        Assert.Contains("离岗移交", (await security.ReadAsync(address)).Ok().Text, StringComparison.Ordinal);
        Task<HttpResponseMessage> PostAsync(string successor) => security.SubmitAsync(address, "hand-over", new Dictionary<string, string>
        {
            ["Successor"] = successor,
            ["FirstDay"] = Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["Why"] = "moved on",
        });

        using HttpResponseMessage refused = await PostAsync(leaver);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("hand-over.self", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage done = await PostAsync(heir);
        Assert.Contains("done=handed-over", done.Headers.Location?.ToString() ?? await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains((await platform.ActorOfAsync(heir)).Grants, grant => grant.Role == Role.Reporter);
        Assert.Empty((await platform.ActorOfAsync(leaver)).Grants);
    }

    private async Task<(string Leaver, string Heir)> PairAsync(string name)
    {
        await platform.AddUserAsync($"leaver-{name}", ("e1", Role.Reporter));
        await platform.AddUserAsync($"heir-{name}", ("e1", TrialModule.Reviewer));
        return ($"leaver-{name}", $"heir-{name}");
    }

    private async Task DelegateAsync(string owner, string deputy, DateOnly from, DateOnly until) =>
        (await (await platform.ClientAsync(owner)).PostAsync("/api/delegations", new { deputy, organisation = "e1", role = Role.Reporter, from, until, reason = "leave" })).Ok();

    private async Task<Answer> MoveAsync(string leaver, string? heir, DateOnly? from, string reason = "transferred") =>
        await (await platform.ClientAsync("security")).PostAsync($"/api/users/{leaver}/hand-over", new { to = heir, from, reason });
}
