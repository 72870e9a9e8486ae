using Lodestone.Kernel.Web.Kit;

namespace Lodestone.Services.Cases.Pages;

/// <summary>The colour of a stage's tag.</summary>
internal static class CaseTone
{
    public static Tone Of(string stage) => stage switch
    {
        CaseProcedure.Granted or CaseProcedure.Delivered or CaseProcedure.Rated => Tone.Green,
        CaseProcedure.CorrectionAsked => Tone.Amber,
        CaseProcedure.Refused or CaseProcedure.Revoked => Tone.Red,
        CaseProcedure.Withdrawn or CaseProcedure.Void or CaseProcedure.Returned or CaseProcedure.NotRequired or CaseProcedure.NotCompetent => Tone.Grey,
        _ => Tone.Accent,
    };
}
