using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Bulletins;

/// <summary>The life of a contribution: written, sent in, taken into a bulletin, published with it.</summary>
internal static class ContributionProcedure
{
    public const string Code = "contribution";

    public const string Draft = "draft";
    public const string Submitted = "submitted";
    public const string Taken = "taken";
    public const string Adopted = "adopted";
    public const string Declined = "declined";
    public const string Dropped = "dropped";

    public const string Submit = "submit";
    public const string Recall = "recall";
    public const string Drop = "drop";
    public const string Take = "take";
    public const string Release = "release";
    public const string Decline = "decline";
    public const string Adopt = "adopt";

    public static Procedure Table { get; } = new(Code, Draft,
    [
        new(Submit, Draft, Submitted, BulletinsModule.Contributor, Seat.Own) { Tells = BulletinsModule.Editor },
        new(Drop, Draft, Dropped, BulletinsModule.Contributor, Seat.Own) { GoesBack = true },
        new(Recall, Submitted, Draft, BulletinsModule.Contributor, Seat.Own) { GoesBack = true },
        new(Take, Submitted, Taken, BulletinsModule.Editor, Seat.Above),
        new(Decline, Submitted, Declined, BulletinsModule.Editor, Seat.Above) { NeedsReason = true, Tells = BulletinsModule.Contributor },
        new(Release, Taken, Submitted, BulletinsModule.Editor, Seat.Above) { GoesBack = true },
        new(Adopt, Taken, Adopted, BulletinsModule.Approver, Seat.Above) { Automatic = true, Tells = BulletinsModule.Contributor },
    ])
    {
        LegalSource = BulletinsModule.PlanSource,
        FinalStages = [Adopted, Declined, Dropped],
    };
}
