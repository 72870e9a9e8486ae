using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader.Exceptions;

namespace Lodestone.Kernel.Documents;

/// <summary>What a file is by its first bytes, whatever its ending says.</summary>
public enum SheetFormat
{
    /// <summary>Neither of the others; perhaps text.</summary>
    Other,

    /// <summary>A zip archive: perhaps .xlsx.</summary>
    Zip,

    /// <summary>A compound file: .xls, or an encrypted .xlsx.</summary>
    Compound,
}

/// <summary>
/// Looks at a workbook that somebody sends before any of it is read as a sheet. Nothing in the file is believed: not its ending, not its
/// declared sizes.
/// </summary>
public static class WorkbookSafety
{
    /// <summary>Bytes of a file that is taken at all.</summary>
    public const int Largest = 20 * 1024 * 1024;

    private const int MostParts = 1000;

    /// <summary>A part larger than <see cref="SmallPart"/> that shrinks more than this was made to burst.</summary>
    private const int MostRatio = 200;

    private const int SmallPart = 1024 * 1024;

    /// <param name="length">Bytes.</param>
    /// <exception cref="Refusal"><c>workbook.too-large</c></exception>
    public static void RequireSize(long length)
    {
        if (length > Largest)
        {
            throw new Refusal("workbook.too-large", 422, Largest / 1024 / 1024);
        }
    }

    /// <summary>Lets only an open .xlsx of bearable size through.</summary>
    /// <param name="content">Seekable.</param>
    /// <param name="most">Bytes after unpacking.</param>
    /// <exception cref="Refusal">
    /// <c>workbook.too-large</c>, <c>workbook.protected</c>, <c>workbook.not-xlsx</c>, <c>workbook.bursts</c>, <c>workbook.broken</c>
    /// </exception>
    public static void RequireXlsx(Stream content, long most)
    {
        ArgumentNullException.ThrowIfNull(content);
        RequireSize(content.Length);
        switch (FormatOf(content))
        {
            case SheetFormat.Compound:
                throw new Refusal(IsEncrypted(content) ? "workbook.protected" : "workbook.not-xlsx");
            case SheetFormat.Other:
                throw new Refusal("workbook.not-xlsx");
            default:
                RequireUnpackable(content, most);
                break;
        }
    }

    /// <param name="content">Seekable.</param>
    public static SheetFormat FormatOf(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        byte[] head = new byte[8];
        content.Position = 0;
        int read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, read).StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? SheetFormat.Compound
            : head.AsSpan(0, read).StartsWith("PK\u0003\u0004"u8) ? SheetFormat.Zip
            : SheetFormat.Other;
    }

    /// <summary>An encrypted .xlsx is a compound file with a stream of this name; an old .xls has none.</summary>
    public static bool IsEncrypted(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Position = 0;
        byte[] all = new byte[content.Length];
        content.ReadExactly(all);
        return all.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;
    }

    /// <summary>Unpacks everything once, counting, before any of it is read as a sheet: declared sizes may lie.</summary>
    /// <exception cref="Refusal"><c>workbook.bursts</c>, <c>workbook.not-xlsx</c>, <c>workbook.broken</c></exception>
    public static void RequireUnpackable(Stream content, long most)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Position = 0;
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostParts)
            {
                throw new Refusal("workbook.bursts");
            }

            byte[] buffer = new byte[81920];
            long total = 0;
            foreach (ZipArchiveEntry part in archive.Entries)
            {
                using Stream unpacked = part.Open();
                long size = 0;
                int read;
                while ((read = unpacked.Read(buffer)) > 0)
                {
                    size += read;
                    total += read;
                    if (total > most || (size > SmallPart && size / MostRatio > part.CompressedLength))
                    {
                        throw new Refusal("workbook.bursts");
                    }
                }
            }

            if (archive.GetEntry("xl/workbook.xml") is null)
            {
                throw new Refusal("workbook.not-xlsx");
            }
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new Refusal("workbook.broken");
        }
    }

    /// <summary>Whatever the libraries meet inside a file that is no workbook.</summary>
    public static bool IsOfTheFile(Exception error) => error is ExcelReaderException or XmlException or InvalidDataException or FormatException
        or OverflowException or IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException
        or NotSupportedException or KeyNotFoundException or IOException;
}
