using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Notices;

/// <summary>
/// Tells the holders of a role about a case of an organisation. The table is its own outbox: mail and other channels read on
/// from the last id they sent.
/// </summary>
public sealed class Notice : IOwned
{
    public long Id { get; private set; }

    /// <summary>The case's organisation; holders of <see cref="Role"/> who cover it see the notice.</summary>
    public long OrganisationId { get; private set; }

    public string Role { get; private set; } = "";

    /// <summary><c>procedure.action</c>; its sentence is in the module's resources as <c>notice.procedure.action</c>.</summary>
    public string Kind { get; private set; } = "";

    public long CaseId { get; private set; }

    /// <summary>The case's title at that time.</summary>
    public string Title { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>Who has read a notice.</summary>
[SharedAcrossOrganisations("A user's own marks, always asked for by user id.")]
[Unaudited("Reading is not a command.")]
public sealed class NoticeRead
{
    public long NoticeId { get; internal set; }

    public long UserId { get; internal set; }

    public DateTimeOffset At { get; internal set; }
}
