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
