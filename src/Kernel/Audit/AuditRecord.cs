using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Audit;

/// <summary>One command: who, for which organisation, what, and the digests before and after. Append-only.</summary>
[SharedAcrossOrganisations("Read only through the audit administrator's routes and the command line.")]
[Unaudited("It is the audit.")]
public sealed class AuditRecord
{
    /// <summary>In commit order on SQLite; on PostgreSQL the order is (transaction, id).</summary>
    public long Id { get; private set; }

    /// <summary>Unique number given by the application (a case step's id); a copied row is found by it.</summary>
    public long Reference { get; internal set; }

    public DateTimeOffset At { get; internal set; }

    public long UserId { get; internal set; }

    public long? OnBehalfOf { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Action { get; internal set; } = "";

    public string SubjectKind { get; internal set; } = "";

    public long SubjectId { get; internal set; }

    public string? Before { get; internal set; }

    public string? After { get; internal set; }

    /// <summary>Keyed digest over the fields above (not over <see cref="Id"/>): an edit or a forged row shows.</summary>
    public string Digest { get; internal set; } = "";
}

/// <summary>A record's place in the hash chain. Written by the background seal, so writers never wait for the chain.</summary>
[SharedAcrossOrganisations("Part of the audit.")]
[Unaudited("It is the audit.")]
public sealed class AuditSeal
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public long Position { get; internal set; }

    public long RecordId { get; internal set; }

    /// <summary>Keyed digest over the seal before, the position, the record's id and the record's digest.</summary>
    public string Chain { get; internal set; } = "";

    public DateTimeOffset SealedAt { get; internal set; }
}

/// <summary>
/// Keyed digests (HMAC-SHA-256). The key lives beside the data, not in the database: who can only write to the database cannot
/// forge a record.
/// </summary>
public sealed class RecordDigest(byte[] key)
{
    public static string Genesis { get; } = new('0', 64);

    public string Of(
        long reference, DateTimeOffset at, long userId, long? onBehalfOf, long organisationId, string action, string subjectKind, long subjectId,
        string? before, string? after)
    {
        string text = string.Join('\u001f', reference.ToString(CultureInfo.InvariantCulture),
            InstantConverter.ToMicroseconds(at).ToString(CultureInfo.InvariantCulture), userId.ToString(CultureInfo.InvariantCulture),
            onBehalfOf?.ToString(CultureInfo.InvariantCulture), organisationId.ToString(CultureInfo.InvariantCulture), action, subjectKind,
            subjectId.ToString(CultureInfo.InvariantCulture), before, after);
        return Keyed(text);
    }

    public string Of(AuditRecord record) => Of(record.Reference, record.At, record.UserId, record.OnBehalfOf, record.OrganisationId,
        record.Action, record.SubjectKind, record.SubjectId, record.Before, record.After);

    public string Chain(string previous, long position, long recordId, string digest) =>
        Keyed(string.Create(CultureInfo.InvariantCulture, $"{previous}\u001f{position}\u001f{recordId}\u001f{digest}"));

    /// <summary>The key from the environment, or from <paramref name="file"/>, made on first use and readable by its owner only.</summary>
    public static RecordDigest FromKeyFile(string file, string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return new RecordDigest(SHA256.HashData(Encoding.UTF8.GetBytes(configured)));
        }

        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        }

        return new RecordDigest(Convert.FromHexString(File.ReadAllText(file).Trim()));
    }

    private string Keyed(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
