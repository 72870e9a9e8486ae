using Lodestone.Coordination.Plans;

namespace Lodestone.Tests.Coordination.Plans;

/// <summary>The difference between a past day and now comes from revisions alone.</summary>
public sealed class PlanDiffTests
{
    private static readonly DateTimeOffset s_past = new(2026, 6, 30, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_first = s_past.AddDays(-60);
    private static readonly DateTimeOffset s_later = s_past.AddDays(20);

    [Fact]
    public void What_came_went_or_changed_is_told_with_its_reasons()
    {
        IReadOnlyList<ElementChange> changes = PlanDiff.Between(
        [
            Row(1, "kept", s_first, """{"title":"kept","quarter":"2026Q3"}"""),
            Row(2, "moved", s_first, """{"title":"moved","quarter":"2026Q3"}"""),
            Row(3, "gone", s_first, """{"title":"gone","quarter":"2026Q3"}"""),
            Row(4, "moved", s_later, """{"title":"moved","quarter":"2026Q4"}""", "No. 3"),
            Row(5, "gone", s_later, null, "No. 4"),
            Row(6, "new", s_later, """{"title":"new","quarter":"2027Q1"}""", "No. 5"),
        ], s_past);

        Assert.Equal([("gone", "removed"), ("moved", "changed"), ("new", "added")], changes.Select(one => (one.Code, one.What)));
        Assert.Equal([new FieldChange("quarter", "2026Q3", "2026Q4")], changes.Single(one => one.Code == "moved").Fields);
        Assert.Equal(["No. 4"], changes.Single(one => one.Code == "gone").Reasons);
        Assert.Equal("gone", changes.Single(one => one.Code == "gone").Title);
    }

    [Fact]
    public void What_came_and_went_between_is_no_difference_and_what_came_back_is_none()
    {
        Assert.Empty(PlanDiff.Between(
        [
            Row(1, "brief", s_later, """{"title":"brief"}""", "in"),
            Row(2, "brief", s_later.AddDays(1), null, "out"),
            Row(3, "back", s_first, """{"title":"back"}"""),
            Row(4, "back", s_later, null, "out"),
            Row(5, "back", s_later.AddDays(1), """{"title":"back"}""", "in"),
        ], s_past));
    }

    [Fact]
    public void What_was_removed_before_the_day_and_returned_after_it_is_new()
    {
        ElementChange change = Assert.Single(PlanDiff.Between(
        [
            Row(1, "again", s_first, """{"title":"again"}"""),
            Row(2, "again", s_first.AddDays(1), null, "out"),
            Row(3, "again", s_later, """{"title":"again"}""", "in"),
        ], s_past));
        Assert.Equal("added", change.What);
        Assert.Equal(["in"], change.Reasons);
    }

    [Fact]
    public void The_past_can_be_read_whole()
    {
        PlanRevision[] rows =
        [
            Row(1, "a", s_first, """{"title":"a"}"""),
            Row(2, "b", s_first, """{"title":"b"}"""),
            Row(3, "a", s_later, null, "out"),
        ];
        Assert.Equal(["a", "b"], PlanDiff.At(rows, PlanRevision.Milestone, s_past).Keys.Order());
        Assert.Equal(["b"], PlanDiff.At(rows, PlanRevision.Milestone, s_later.AddDays(1)).Keys);
    }

    private static PlanRevision Row(long id, string code, DateTimeOffset at, string? state, string? reason = null) =>
        new() { Id = id, Kind = PlanRevision.Milestone, Code = code, At = at, State = state, Reason = reason };
}
