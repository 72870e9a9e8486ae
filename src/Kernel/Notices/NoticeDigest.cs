using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Notices;

/// <summary>A person's digest by mail.</summary>
[SharedAcrossOrganisations("A person's own setting, asked for by user id; an administrator is shown only who is not reached.")]
[Unaudited("Sending is not a command; who sets it is audited by the book.")]
public sealed class NoticeDigest : Subscriber
{
    public long UserId { get; internal set; }

    /// <summary>The mail address.</summary>
    public string Address { get; internal set; } = "";

    /// <summary>Each working day; off when false.</summary>
    public bool Daily { get; internal set; }
}

/// <summary>An organisation's program that is told what its people's inboxes show.</summary>
[Unaudited("Sending is not a command; who sets it is audited by the book.")]
public sealed class NoticeWebhook : Subscriber, IOwned
{
    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Url { get; internal set; } = "";

    /// <summary>What the signature is made with, encrypted by the key ring; never shown again.</summary>
    public string Secret { get; internal set; } = "";

    public DateTimeOffset? EndedAt { get; internal set; }
}
