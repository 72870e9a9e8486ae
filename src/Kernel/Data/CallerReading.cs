using System.Data.Common;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Who calls, read once for every request and so past EF: the holder of a token, a user's seats, the answer to a repeated key. Each text names one user
/// or one secret; nothing of another's can come back.
/// </summary>
public sealed class CallerReading(Database database)
{
    /// <summary>
    /// A place for the user, the day as <c>$2</c>: the account and, for each seat, role, absent owner and organisation; one line without a seat when there
    /// is none.
    /// </summary>
    private const string SeatsText =
        """
        select u.id, u.user_name, u.display_name, h.role, h.owner_id, o.id, o.path, o.kind
        from user_account u
        left join (
          select m.user_id, m.role, null as owner_id, m.organisation_id from membership m
          where m.user_id = {0} and (m.starts_on is null or m.starts_on <= $2) and (m.ends_on is null or m.ends_on >= $2)
          union all
          -- What the owner has lost, the deputy has lost too.
          select d.deputy_id, d.role, d.owner_id, d.organisation_id from delegation d
          where d.deputy_id = {0} and d.revoked_at is null and d.starts_on <= $2 and d.ends_on >= $2
            and exists (select 1 from membership m where m.user_id = d.owner_id and m.organisation_id = d.organisation_id and m.role = d.role
              and (m.starts_on is null or m.starts_on <= $2) and (m.ends_on is null or m.ends_on >= $2))
        ) h on h.user_id = u.id
        left join organisation o on o.id = h.organisation_id
        where u.id = {0} and u.closed_at is null
        """;

    private static readonly string s_ofUser = SeatsText.Replace("{0}", "$1", StringComparison.Ordinal);

    private static readonly string s_ofToken = SeatsText.Replace(
        "{0}", "(select user_id from api_token where hash = $1 and revoked_at is null and expires_at > $3)", StringComparison.Ordinal);

    private const string AnswerText = "select request_hash, status, answer from request_key where user_id = $1 and key = $2";

    internal sealed record Seat(long UserId, string UserName, string DisplayName, string? Role, long? OwnerId, long OrganisationId, string Path, string Kind);

    internal sealed record FirstAnswer(string RequestHash, int Status, string Answer);

    /// <returns>Nothing when the account is closed or unknown.</returns>
    internal Task<List<Seat>> SeatsAsync(long userId, DateOnly today, CancellationToken cancel) => database.ReadAsync(s_ofUser, [userId, today], ReadSeat, cancel);

    /// <summary>The seats of a token's holder, found with the token in one read.</summary>
    /// <returns>Nothing when the token is unknown, revoked or has expired, or its account is closed.</returns>
    internal Task<List<Seat>> SeatsOfTokenAsync(string tokenHash, DateOnly today, DateTimeOffset now, CancellationToken cancel) =>
        database.ReadAsync(s_ofToken, [tokenHash, today, InstantConverter.ToMicroseconds(now)], ReadSeat, cancel);

    /// <summary>The first answer to a user's key, if there was one.</summary>
    internal async Task<FirstAnswer?> AnswerAsync(long userId, string key, CancellationToken cancel) =>
        (await database.ReadAsync(AnswerText, [userId, key], row => new FirstAnswer(row.GetString(0), row.GetInt32(1), row.GetString(2)), cancel)).FirstOrDefault();

    private static Seat ReadSeat(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), row.IsDBNull(4) ? null : row.GetInt64(4), row.IsDBNull(5) ? 0 : row.GetInt64(5), Text(row, 6) ?? "", Text(row, 7) ?? "");

    private static string? Text(DbDataReader row, int place) => row.IsDBNull(place) ? null : row.GetString(place);
}
