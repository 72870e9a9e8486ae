using System.Security.Cryptography;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Evidence;

/// <summary>Where the store keeps its files.</summary>
public sealed record EvidenceFolder(string Path);

/// <summary>Keeps files once, by content hash, after checking size and that the content is what the name says.</summary>
public sealed class EvidenceStore(PlatformDb db, Ids ids, EvidenceFolder folder, TimeProvider clock)
{
    /// <summary>Bytes.</summary>
    public const long Largest = 20 * 1024 * 1024;

    /// <summary>Name endings taken in, each with its media type and the bytes its content begins with (none for text).</summary>
    private static readonly Dictionary<string, (string MediaType, byte[][] Heads)> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", ["%PDF-"u8.ToArray()]),
        [".png"] = ("image/png", [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]]),
        [".jpg"] = ("image/jpeg", [[0xFF, 0xD8, 0xFF]]),
        [".jpeg"] = ("image/jpeg", [[0xFF, 0xD8, 0xFF]]),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["PK\u0003\u0004"u8.ToArray()]),
        [".xls"] = ("application/vnd.ms-excel", [[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]]),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["PK\u0003\u0004"u8.ToArray()]),
        [".csv"] = ("text/csv", []),
        [".txt"] = ("text/plain", []),
    };

    /// <summary>Stores the content; the row is written by the next save.</summary>
    /// <param name="sensitivity">One of <see cref="SensitivityMark"/>: rows that come back from a sensitive form are as sensitive as the form.</param>
    /// <exception cref="Refusal"><c>evidence.kind</c>, <c>evidence.too-large</c>, <c>evidence.empty</c>, <c>evidence.content</c></exception>
    public async Task<EvidenceFile> AddAsync(long organisationId, string name, Stream content, string sensitivity = SensitivityMark.Internal, CancellationToken cancel = default)
    {
        string ending = Path.GetExtension(name);
        if (!s_kinds.TryGetValue(ending, out (string MediaType, byte[][] Heads) kind))
        {
            throw new Refusal("evidence.kind", 422, ending, string.Join(' ', s_kinds.Keys));
        }

        Directory.CreateDirectory(folder.Path);
        string waiting = Path.Combine(folder.Path, $".{Guid.NewGuid():N}");
        try
        {
            (string hash, long size) = await CopyAsync(content, waiting, kind.Heads, cancel);
            string place = PlaceOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place))
            {
                File.Move(waiting, place, overwrite: true);
            }

            var row = new EvidenceFile
            {
                Id = await ids.NextAsync(cancel),
                OrganisationId = organisationId,
                Sha256 = hash,
                Name = Path.GetFileName(name),
                MediaType = kind.MediaType,
                Size = size,
                Sensitivity = sensitivity,
                StoredAt = clock.Instant(),
                StoredBy = db.Actor.UserId,
            };
            db.Add(row);
            db.Audit("evidence.add", new Subject("evidence", row.Id), organisationId, row.Id, null, hash);
            return row;
        }
        finally
        {
            File.Delete(waiting);
        }
    }

    /// <summary>The row, if the actor may see it, and its content.</summary>
    public async Task<(EvidenceFile File, Stream Content)> OpenAsync(long id, CancellationToken cancel = default)
    {
        EvidenceFile row = await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(file => file.Id == id, cancel) ?? throw Refusal.NotFound();
        string place = PlaceOf(row.Sha256);
        return File.Exists(place) ? (row, File.OpenRead(place)) : throw new Refusal("evidence.lost", 500, row.Sha256);
    }

    private string PlaceOf(string hash) => Path.Combine(folder.Path, hash[..2], hash);

    private static async Task<(string Hash, long Size)> CopyAsync(Stream content, string place, byte[][] heads, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = File.Create(place);
        byte[] buffer = new byte[81920];
        byte[] head = [];
        long size = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            if (head.Length < 8)
            {
                head = [.. head, .. buffer.AsSpan(0, Math.Min(read, 8 - head.Length))];
            }

            size += read;
            if (size > Largest)
            {
                throw new Refusal("evidence.too-large", 422, Largest / 1024 / 1024);
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        if (size == 0)
        {
            throw new Refusal("evidence.empty");
        }

        if (heads.Length > 0 && !heads.Any(expected => head.AsSpan().StartsWith(expected)))
        {
            throw new Refusal("evidence.content");
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
