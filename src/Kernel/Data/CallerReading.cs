using System.Data.Common;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Who calls, read once for every request and so past EF: the holder of a token, a user's seats, the answer to a repeated key. Each text names one user
/// or one secret; nothing of another's can come back.
/// </summary>
public sealed class CallerReading(Database database)
{
    private const string HolderText = "select user_id from api_token where hash = $1 and revoked_at is null and expires_at > $2";

    /// <summary>The account and, for each seat, role, absent owner and organisation; one line without a seat when there is none.</summary>
    private const string SeatsText =
        """
        select u.user_name, u.display_name, h.role, h.owner_id, o.id, o.path, o.kind
        from user_account u
        left join (
          select m.user_id, m.role, null as owner_id, m.organisation_id from membership m
          where m.user_id = $1 and (m.starts_on is null or m.starts_on <= $2) and (m.ends_on is null or m.ends_on >= $2)
          union all
          -- What the owner has lost, the deputy has lost too.
          select d.deputy_id, d.role, d.owner_id, d.organisation_id from delegation d
          where d.deputy_id = $1 and d.revoked_at is null and d.starts_on <= $2 and d.ends_on >= $2
            and exists (select 1 from membership m where m.user_id = d.owner_id and m.organisation_id = d.organisation_id and m.role = d.role
              and (m.starts_on is null or m.starts_on <= $2) and (m.ends_on is null or m.ends_on >= $2))
        ) h on h.user_id = u.id
        left join organisation o on o.id = h.organisation_id
        where u.id = $1 and u.closed_at is null
        """;

    private const string AnswerText = "select request_hash, status, answer from request_key where user_id = $1 and key = $2";

    internal sealed record Seat(string UserName, string DisplayName, string? Role, long? OwnerId, long OrganisationId, string Path, string Kind);

    internal sealed record FirstAnswer(string RequestHash, int Status, string Answer);

    /// <returns>The user; null when the token is unknown, revoked or has expired.</returns>
    internal async Task<long?> HolderAsync(string tokenHash, DateTimeOffset now, CancellationToken cancel) =>
        await database.ReadAsync(HolderText, [tokenHash, InstantConverter.ToMicroseconds(now)], row => row.GetInt64(0), cancel) is [var user] ? user : null;

    /// <returns>Nothing when the account is closed or unknown.</returns>
    internal Task<List<Seat>> SeatsAsync(long userId, DateOnly today, CancellationToken cancel) => database.ReadAsync(SeatsText, [userId, today], row => new Seat(
        row.GetString(0), row.GetString(1), Text(row, 2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? 0 : row.GetInt64(4), Text(row, 5) ?? "", Text(row, 6) ?? ""), cancel);

    /// <summary>The first answer to a user's key, if there was one.</summary>
    internal async Task<FirstAnswer?> AnswerAsync(long userId, string key, CancellationToken cancel) =>
        (await database.ReadAsync(AnswerText, [userId, key], row => new FirstAnswer(row.GetString(0), row.GetInt32(1), row.GetString(2)), cancel)).FirstOrDefault();

    private static string? Text(DbDataReader row, int place) => row.IsDBNull(place) ? null : row.GetString(place);
}
