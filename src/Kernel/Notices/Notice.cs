using System.Globalization;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Notices;

/// <summary>
/// Tells the holders of a role, or one person, about a case of an organisation. The table is its own outbox: mail and other channels read on
/// from the last id they sent.
/// </summary>
public sealed class Notice : IOwned
{
    public long Id { get; private set; }

    /// <summary>The case's organisation, or for one person the organisation where that person was asked; who is told must cover it to see the notice.</summary>
    public long OrganisationId { get; private set; }

    /// <summary>The role that is told, or <see cref="Person"/>: one column, so that one index reads both.</summary>
    public string Role { get; private set; } = "";

    /// <summary><c>procedure.action</c>; its sentence is in the module's resources as <c>notice.procedure.action</c>.</summary>
    public string Kind { get; private set; } = "";

    public long CaseId { get; private set; }

    /// <summary>The case's title at that time.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Where it leads; null for the case's own page.</summary>
    public string? Place { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Tells one person, whatever roles he holds, of a case that he may not see himself. Nobody who acts for him reads it.</summary>
    /// <param name="organisationId">Where the person was asked, and may see.</param>
    /// <param name="kind"><c>procedure.what</c>.</param>
    /// <param name="place">The page of this site where the person's own part lies.</param>
    public static Notice ToPerson(long userId, long organisationId, string kind, long caseId, string title, string place, DateTimeOffset at) => new()
    {
        OrganisationId = organisationId,
        Role = Person(userId),
        Kind = kind,
        CaseId = caseId,
        Title = title,
        Place = place,
        At = at,
    };

    internal static string Person(long userId) => string.Create(CultureInfo.InvariantCulture, $"@{userId}");
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
