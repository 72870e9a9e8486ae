using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Coordination.Bulletins;

/// <summary>The life of a bulletin: edited, reviewed, published; corrected by a new edition, or withdrawn.</summary>
internal static class BulletinProcedure
{
    public const string Code = "bulletin";

    public const string Editing = "editing";
    public const string Reviewing = "reviewing";
    public const string Published = "published";
    public const string Correcting = "correcting";
    public const string Rechecking = "rechecking";
    public const string Withdrawn = "withdrawn";
    public const string Dropped = "dropped";

    public const string Submit = "submit";
    public const string SendBack = "send-back";
    public const string Publish = "publish";
    public const string Correct = "correct";
    public const string Abandon = "abandon";
    public const string Withdraw = "withdraw";
    public const string Drop = "drop";

    public static Procedure Table { get; } = new(Code, Editing,
    [
        .. new[] { (Editing, Reviewing), (Correcting, Rechecking) }.SelectMany(pair => new Transition[]
        {
            new(Submit, pair.Item1, pair.Item2, BulletinsModule.Editor, Seat.At) { Tells = BulletinsModule.Approver },
            new(SendBack, pair.Item2, pair.Item1, BulletinsModule.Approver, Seat.At) { NeedsReason = true, GoesBack = true, Tells = BulletinsModule.Editor },
            new(Publish, pair.Item2, Published, BulletinsModule.Approver, Seat.At) { Tells = BulletinsModule.Editor },
        }),
        new(Drop, Editing, Dropped, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        new(Correct, Published, Correcting, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        new(Abandon, Correcting, Published, BulletinsModule.Editor, Seat.At) { NeedsReason = true, GoesBack = true },
        .. new[] { Published, Correcting, Rechecking }.Select(stage =>
            new Transition(Withdraw, stage, Withdrawn, BulletinsModule.Approver, Seat.At) { NeedsReason = true, GoesBack = true, Tells = BulletinsModule.Editor }),
    ])
    {
        LegalSource = BulletinsModule.PlanSource,
        FinalStages = [Published, Withdrawn, Dropped],
    };
}
