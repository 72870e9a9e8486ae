using System.Security.Cryptography;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lodestone.Kernel.Documents;

/// <summary>
/// The one way out for files. Each leaves a record and an audit record before its first byte goes; a workbook or a paper that is not
/// public carries its reader's name and the time. A test finds every other way.
/// </summary>
public sealed class ExportDesk(PlatformDb db, Ids ids, IHttpContextAccessor http, Words words, TimeProvider clock)
{
    /// <summary>The media type of .xlsx.</summary>
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Sends what the platform has written.</summary>
    /// <param name="organisationId">Whose data it is; null for a paper that is nobody's own.</param>
    /// <param name="sensitivity">One of <see cref="SensitivityMark"/>.</param>
    public async Task<FileContentHttpResult> SendAsync(
        byte[] content, string mediaType, string name, long? organisationId, string sensitivity, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        DateTimeOffset now = clock.Instant();
        byte[] marked = sensitivity == SensitivityMark.Public ? content : Marked(content, mediaType, sensitivity, now);
        await RecordAsync(name, Convert.ToHexStringLower(SHA256.HashData(marked)), marked.LongLength, organisationId, sensitivity, now, cancel);
        return TypedResults.File(marked, mediaType, name);
    }

    /// <summary>Sends a paper as PDF; who takes it stands in its margin as on the .docx.</summary>
    /// <param name="document">The paper as .docx.</param>
    /// <exception cref="Refusal"><c>document.no-pdf</c>, <c>document.pdf-failed</c></exception>
    public async Task<FileContentHttpResult> SendAsync(
        PdfMaker pdf, byte[] document, string name, long? organisationId, string sensitivity, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        ArgumentNullException.ThrowIfNull(document);
        byte[] marked = sensitivity == SensitivityMark.Public ? document : Marked(document, OfficialDocument.MediaType, sensitivity, clock.Instant());
        return await SendAsync(await pdf.MakeAsync(marked, cancel), PdfMaker.MediaType, name, organisationId, sensitivity, cancel);
    }

    /// <summary>Sends a file that somebody has brought, byte for byte: its hash is what proves it.</summary>
    public async Task<FileStreamHttpResult> SendAsync(EvidenceFile file, Stream content, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        await RecordAsync(file.Name, file.Sha256, file.Size, file.OrganisationId, file.Sensitivity, clock.Instant(), cancel);
        // Always a download: a stored page must never run as ours.
        return TypedResults.File(content, file.MediaType, file.Name);
    }

    /// <summary>
    /// A feed of what the city has published to everybody (RSS 2.0). Machines fetch it every hour without signing in, so there is no reader to
    /// record; nothing that is not open to anyone may be put into it.
    /// </summary>
    public static ContentHttpResult Feed(string rss) => TypedResults.Content(rss, "application/rss+xml", System.Text.Encoding.UTF8);

    private byte[] Marked(byte[] content, string mediaType, string sensitivity, DateTimeOffset at)
    {
        string text = words.Say("export.mark", words.Say($"sensitivity.{sensitivity}"), db.Actor.DisplayName, db.Actor.UserName, at.Local());
        return mediaType switch
        {
            Workbook => FileMark.OfWorkbook(content, text),
            OfficialDocument.MediaType => FileMark.OfDocument(content, text),
            // Text and JSON are read by programs; a line of ours would be taken for data.
            _ => content,
        };
    }

    private async Task RecordAsync(
        string name, string sha256, long size, long? organisationId, string sensitivity, DateTimeOffset at, CancellationToken cancel)
    {
        var record = new ExportRecord
        {
            Id = await ids.NextAsync(cancel),
            At = at,
            UserId = db.Actor.UserId,
            OrganisationId = organisationId ?? Own(),
            Route = http.HttpContext is { } context ? $"{context.Request.Path}{context.Request.QueryString}" : "",
            FileName = name,
            Sha256 = sha256,
            Size = size,
            Sensitivity = sensitivity,
        };
        db.Add(record);
        db.Audit("export.send", new Subject("export", record.Id), record.OrganisationId, record.Id, null, sha256);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The reader's own seat before one that is held for somebody else.</summary>
    private long Own() => db.Actor.Grants.OrderBy((Grant grant) => grant.OnBehalfOf is not null).First().OrganisationId;
}
