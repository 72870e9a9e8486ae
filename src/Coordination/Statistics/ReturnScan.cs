using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Statistics;

/// <summary>The printed page of a signed return, stamped and scanned. The newest one of a signing counts; none is replaced.</summary>
internal sealed class ReturnScan : IOwned
{
    public const string SubjectKind = "return-scan";

    public long Id { get; internal set; }

    public long ReturnId { get; internal set; }

    public long OrganisationId { get; internal set; }

    /// <summary>Id of the step by which the head of the unit signed: a return that was changed and signed again needs a new scan.</summary>
    public long SignedStep { get; internal set; }

    public long EvidenceId { get; internal set; }

    public long AttachedBy { get; internal set; }

    public DateTimeOffset AttachedAt { get; internal set; }
}
