using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Kernel.Procedures;

/// <summary>Keeps each table of moves as it was, so that what a case of last year had to obey can still be read and compared.</summary>
public sealed class ProcedureBook(IDbContextFactory<PlatformDb> contexts, Catalogue catalogue, Ids ids, TimeProvider clock)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Records the tables that are not the last ones recorded. Called when the product starts.</summary>
    public async Task RecordAsync(CancellationToken cancel = default)
    {
        await using PlatformDb db = contexts.Lease(Actor.Platform("/1/"));
        List<ProcedureVersion> known = await db.Set<ProcedureVersion>().AsNoTracking().ToListAsync(cancel);
        int added = 0;
        foreach (Procedure table in catalogue.Procedures)
        {
            ProcedureVersion? last = known.Where(row => row.Code == table.Code).MaxBy(row => row.Number);
            string content = Write(table);
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            if (last?.Hash == hash)
            {
                continue;
            }

            added++;
            db.Add(new ProcedureVersion { Code = table.Code, Number = (last?.Number ?? 0) + 1, Hash = hash, Content = content, RecordedAt = clock.Instant() });
            db.Audit("procedure.recorded", new Subject("procedure", (last?.Number ?? 0) + 1), 0, await ids.NextAsync(cancel), last?.Hash, $"{table.Code} {hash}");
        }

        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Refusal refusal) when (added > 0 && refusal.Status == 409)
        {
            // Another node starts with the same product and has just recorded them.
        }
    }

    /// <summary>The versions of a table, the latest first.</summary>
    public async Task<IReadOnlyList<ProcedureVersion>> VersionsAsync(string code, CancellationToken cancel = default)
    {
        await using PlatformDb db = contexts.Lease(Actor.Nobody);
        return await db.Set<ProcedureVersion>().AsNoTracking().Where(row => row.Code == code).OrderByDescending(row => row.Number).ToListAsync(cancel);
    }

    internal static string Write(Procedure table) => JsonSerializer.Serialize(table, s_options);

    internal static Procedure Read(ProcedureVersion version) => JsonSerializer.Deserialize<Procedure>(version.Content, s_options)
        ?? throw new InvalidDataException($"{version.Code} {version.Number} is not a table of moves.");
}
