using Lodestone.Coordination.Statistics;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Tests.Coordination.Statistics;

public sealed class ReturnProcedureTests
{
    [Fact]
    public void AUnitWithADistrictAboveIt_PassesThreeLevels()
    {
        Assert.Same(ReturnProcedure.Return, ReturnProcedure.For(FormSigning.None, [OrganisationKind.Platform, OrganisationKind.City, OrganisationKind.District]));
        Assert.Equal(["submitted", "first-reviewed", "reviewed", "approved"], Road(ReturnProcedure.Return));
    }

    [Fact]
    public void AUnitUnderTheCity_SkipsTheFirstReview()
    {
        Assert.Same(ReturnProcedure.ReturnDirect, ReturnProcedure.For(FormSigning.None, [OrganisationKind.Platform, OrganisationKind.City]));
        Assert.Equal(["submitted", "reviewed", "approved"], Road(ReturnProcedure.ReturnDirect));
    }

    [Fact]
    public void AFormThatAsksForSignatures_HasThreeBeforeTheSameLevels()
    {
        Assert.Same(ReturnProcedure.ReturnSigned, ReturnProcedure.For(FormSigning.Signed, [OrganisationKind.City, OrganisationKind.District]));
        Assert.Same(ReturnProcedure.ReturnSignedDirect, ReturnProcedure.For(FormSigning.Stamped, [OrganisationKind.City]));
        Assert.Equal([.. ReturnStage.Signatures, .. Road(ReturnProcedure.Return)], Road(ReturnProcedure.ReturnSigned));
        Assert.Equal([.. ReturnStage.Signatures, .. Road(ReturnProcedure.ReturnDirect)], Road(ReturnProcedure.ReturnSignedDirect));
        Assert.Equal(
            [Role.Reporter, StatisticsModule.StatisticsHead, StatisticsModule.UnitHead],
            ReturnProcedure.ReturnSigned.Transitions.Where(move => move.Action == ReturnAction.Sign).Select(move => move.Role));
    }

    [Fact]
    public void ACorrection_TakesTheRoadOfItsReturn()
    {
        Assert.Same(ReturnProcedure.Correction, ReturnProcedure.CorrectionOf(ReturnProcedure.ReturnSigned));
        Assert.Same(ReturnProcedure.CorrectionDirect, ReturnProcedure.CorrectionOf(ReturnProcedure.ReturnSignedDirect));
        Assert.Equal(Road(ReturnProcedure.Return), Road(ReturnProcedure.CorrectionOf(ReturnProcedure.Return)));
        Assert.Equal(Road(ReturnProcedure.ReturnDirect), Road(ReturnProcedure.CorrectionOf(ReturnProcedure.ReturnDirect)));
    }

    [Fact]
    public void OnlyTheReporter_MovesADraft() =>
        Assert.All(ReturnProcedure.All, table => Assert.All(table.From(ReturnStage.Draft), move => Assert.Equal((Role.Reporter, Seat.Own), (move.Role, move.Seat))));

    [Fact]
    public void ASendBack_DemandsAReasonAndTellsTheReporter() =>
        Assert.All(ReturnProcedure.All.SelectMany(table => table.Transitions).Where(move => move.Action == ReturnAction.SendBack),
            move => Assert.Equal((true, Role.Reporter, ReturnStage.Draft), (move.NeedsReason, move.Tells, move.To)));

    [Fact]
    public void AWithdrawal_IsMadeByTheLevelThatActedLast() =>
        Assert.All(ReturnProcedure.All, table => Assert.All(table.Transitions.Where(move => move.Action == ReturnAction.Withdraw), back =>
            Assert.Contains(table.Transitions, forth => forth.To == back.From && forth.From == back.To && forth.Role == back.Role && !forth.GoesBack)));

    private static IEnumerable<string> Road(Procedure table)
    {
        for (string stage = ReturnStage.Draft; table.From(stage).FirstOrDefault(move => !move.GoesBack && move.To != stage) is { } next; stage = next.To)
        {
            yield return next.To;
        }
    }
}
