using Lodestone.Coordination.Assessment;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Tests.ModelCheck;

/// <summary>An appeal is the unit's to file and an officer's to decide, and no move of it touches a figure.</summary>
public sealed class AppealModelTests
{
    [Fact]
    public void Only_the_units_liaison_files_and_only_an_officer_above_decides()
    {
        foreach (Transition move in AppealProcedure.Table.Transitions.Where(move => !move.Automatic))
        {
            Grant[] may = [.. Cast.Everybody.Select(person => person.May(move.Role, move.Seat, Cast.District)).OfType<Grant>()];
            Assert.NotEmpty(may);
            Assert.All(may, grant => Assert.Equal(
                move.Action == AppealProcedure.File ? (AssessmentModule.Liaison, true) : (AssessmentModule.AppealOfficer, false),
                (grant.Role, grant.Path == Cast.District)));
        }
    }

    [Fact]
    public void What_is_decided_stays_decided()
    {
        string[] decided = [AppealProcedure.Upheld, AppealProcedure.Rejected, AppealProcedure.Settled];
        Assert.Empty(AppealProcedure.Table.Transitions.Where(move => decided.Contains(move.From) && !move.Automatic).Select(move => move.Action));
        Assert.Empty(AppealProcedure.Table.Transitions.Where(move => move.To == AppealProcedure.Filed && move.From != AppealProcedure.Drafted).Select(move => move.Action));
    }

    [Fact]
    public void A_released_round_is_never_taken_back()
    {
        Assert.Empty(RoundProcedure.Table.From(RoundProcedure.Released).Select(move => move.Action));
        Assert.All(Cast.Everybody.Where(person => RoundProcedure.Table.Transitions.Any(move => person.May(move.Role, move.Seat, Cast.City) is not null)),
            person => Assert.True(person.Is(AssessmentModule.Assessor) && Organisation.Chain(person.Grants[0].ReachPath).Count() == 2, person.UserName));
    }
}
