using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Services.Catalogue;

/// <summary>How a list is changed: the department proposes, the lawyers look at it, the list office decides.</summary>
internal static class ListChangeProcedure
{
    public const string Code = "list-change";

    public const string Drafted = "drafted";
    public const string Proposed = "proposed";
    public const string Reviewed = "reviewed";
    public const string Decided = "decided";
    public const string Rejected = "rejected";
    public const string Dropped = "dropped";

    public const string Propose = "propose";
    public const string Drop = "drop";
    public const string Review = "legal-review";
    public const string SendBack = "send-back";
    public const string Decide = "decide";
    public const string Reject = "reject";

    public static Procedure Table { get; } = new(Code, Drafted,
    [
        new(Propose, Drafted, Proposed, CatalogueModule.Keeper, Seat.Own) { Tells = CatalogueModule.Lawyer },
        new(Drop, Drafted, Dropped, CatalogueModule.Keeper, Seat.Own) { GoesBack = true },
        new(Review, Proposed, Reviewed, CatalogueModule.Lawyer, Seat.Above) { NeedsReason = true, Tells = CatalogueModule.Office },
        new(SendBack, Proposed, Drafted, CatalogueModule.Lawyer, Seat.Above) { NeedsReason = true, GoesBack = true, Tells = CatalogueModule.Keeper },
        new(Decide, Reviewed, Decided, CatalogueModule.Office, Seat.Above) { Tells = CatalogueModule.Keeper },
        new(Reject, Reviewed, Rejected, CatalogueModule.Office, Seat.Above) { NeedsReason = true, Tells = CatalogueModule.Keeper },
    ])
    {
        LegalSource = "《国务院办公厅关于全面实行行政许可事项清单管理的通知》（国办发〔2022〕2号）；《马鞍山市“十四五”磁性材料产业发展规划》第七章（三）：全面推行清单制度并实行动态管理",
        FinalStages = [Decided, Rejected, Dropped],
    };
}
