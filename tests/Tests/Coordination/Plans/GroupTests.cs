using System.Text.Json.Nodes;
using Lodestone.Tests.Ground;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>The groups of a plan and its directory: everybody reads them, the office and each unit keep them.</summary>
public sealed class GroupTests(PlanPlatform platform) : IClassFixture<PlanPlatform>
{
    private static readonly string[] s_two = ["lead", "help"];
    private static readonly string[] s_one = ["help"];

    [Fact]
    public async Task The_office_keeps_a_group_and_everybody_sees_its_members_and_whom_to_ring()
    {
        HttpClient office = await platform.ClientAsync("office");
        HttpClient other = await platform.ClientAsync("other-liaison");
        object Body(string kind, string[] members, string? phone, long version) => new { kind, name = "Group", host = "c", members, person = "Ann", phone, version };
        (await other.PutAsync("/api/plans/p/groups/g1", Body("working-group", s_two, "0555-1", 0))).Refused("access.role", 403);
        (await office.PutAsync("/api/plans/p/groups/g1", Body("club", s_two, null, 0))).Refused("plan.group", 422);
        (await office.PutAsync("/api/plans/p/groups/g1", Body("working-group", s_two, "ring me", 0))).Refused("plan.group", 422);
        (await office.PutAsync("/api/plans/p/groups/g1", Body("working-group", ["nobody"], null, 0))).Refused("plan.unit", 422);
        Answer made = (await office.PutAsync("/api/plans/p/groups/g1", Body("working-group", s_two, "0555-000 0101", 0))).Ok();
        (await office.PutAsync("/api/plans/p/groups/g1", Body("working-group", s_one, "0555-000 0101", 0))).Refused("request.stale", 409);
        (await office.PutAsync("/api/plans/p/groups/g1", Body("working-group", s_one, "0555-000 0101", (long)made["version"]))).Ok();

        JsonNode seen = (await other.ReadAsync("/api/plans/p/groups")).Ok().Body!.AsArray().Single(row => (string?)row!["code"] == "g1")!;
        Assert.Equal(("Ann", "help"), ((string?)seen["person"], (string?)Assert.Single(seen["members"]!.AsArray())!["unit"]));
    }

    [Fact]
    public async Task A_plan_under_another_lies_within_it_and_carries_on_its_measures()
    {
        HttpClient office = await platform.ClientAsync("office");
        int year = platform.Clock.GetUtcNow().AddHours(8).Year;
        object Body(string code, string? kind, string? parent, string last, string carries) => new
        {
            code,
            name = code,
            organisation = "c",
            firstQuarter = $"{year}Q1",
            lastQuarter = last,
            kind,
            parent,
            objectives = new[] { new { code = "O", chapter = "funds", title = "O", weight = 1 } },
            measures = new[] { new { code = "N1", objective = "O", title = "N", lead = "lead", benefit = "social", kind = "annual", weight = 1, carries } },
        };
        (await office.PostAsync("/api/plans", Body("a1", "annual", null, $"{year}Q4", ""))).Refused("plan.parent", 422);
        (await office.PostAsync("/api/plans", Body("a1", null, "p", $"{year}Q4", ""))).Refused("plan.parent", 422);
        (await office.PostAsync("/api/plans", Body("a1", "annual", "p", $"{year + 3}Q4", ""))).Refused("plan.parent", 422);
        (await office.PostAsync("/api/plans", Body("a1", "annual", "p", $"{year}Q4", "M9"))).Refused("plan.carries", 422);
        (await office.PostAsync("/api/plans", Body("a1", "annual", "p", $"{year}Q4", "M1"))).Ok();
        (await office.PostAsync("/api/plans", Body("a2", "annual", "a1", $"{year}Q4", "N1"))).Refused("plan.parent", 422);
        JsonNode line = (await office.ReadAsync("/api/plans")).Ok().Body!.AsArray().Single(row => (string?)row!["code"] == "a1")!;
        Assert.Equal(("annual", "p"), ((string?)line["kind"], (string?)line["parent"]));
    }

    [Fact]
    public async Task A_unit_names_its_own_liaison_officer_and_no_other_units()
    {
        HttpClient lead = await platform.ClientAsync("lead-liaison");
        Answer named = (await lead.PutAsync("/api/plans/p/contacts/lead", new { person = "Bo", phone = "0555-000 0202", version = 0 })).Ok();
        (await lead.PutAsync("/api/plans/p/contacts/help", new { person = "Bo", phone = "0555-000 0202", version = 0 })).Refused("request.not-found", 404);
        (await lead.PutAsync("/api/plans/p/contacts/lead", new { person = "Bo", phone = "x", version = (long)named["version"] })).Refused("plan.contact", 422);
        (await lead.PutAsync("/api/plans/p/contacts/lead", new { person = "Cy", phone = "", version = 0 })).Refused("request.stale", 409);
        (await (await platform.ClientAsync("office")).PutAsync("/api/plans/p/contacts/lead", new { person = "Cy", phone = "", version = (long)named["version"] })).Ok();
    }
}
