using System.Buffers.Binary;
using System.Text;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// Finds the cells of an .xls whose formula failed: the reader gives them back as blank. Walks the compound file ([MS-CFB]) to its
/// workbook stream and that stream's records ([MS-XLS] 2.4.24 BoolErr, 2.4.127 Formula).
/// </summary>
internal static class OldWorkbookErrors
{
    private const int EndOfChain = -2;
    private const int BoundSheet = 0x0085;
    private const int BoolErr = 0x0205;
    private const int Formula = 0x0006;
    private const int EndOfSheet = 0x000A;

    /// <param name="place">The sheet, from 0 in the order of the tabs.</param>
    /// <returns>Row and column from 1, with what the cell shows.</returns>
    /// <exception cref="ArgumentException">The file is broken.</exception>
    public static IReadOnlyDictionary<(int Row, int Column), string> Find(Stream content, int place)
    {
        byte[] file = new byte[content.Length];
        content.Position = 0;
        content.ReadExactly(file);
        byte[] book = Workbook(file);
        var found = new Dictionary<(int, int), string>();
        int sheets = 0;
        int at = 0;
        while (TryRecord(book, ref at, out int kind, out ReadOnlySpan<byte> body) && kind != EndOfSheet)
        {
            if (kind == BoundSheet && sheets++ == place)
            {
                Find(book, BinaryPrimitives.ReadInt32LittleEndian(body), found);
            }
        }

        return found;
    }

    private static void Find(byte[] book, int at, Dictionary<(int, int), string> found)
    {
        while (TryRecord(book, ref at, out int kind, out ReadOnlySpan<byte> body) && kind != EndOfSheet)
        {
            int error = kind switch
            {
                BoolErr when body.Length >= 8 && body[7] == 1 => body[6],
                // A result that is no number says so in its last two bytes; its first is 2 for an error, the third the code.
                Formula when body.Length >= 14 && body[12] == 0xFF && body[13] == 0xFF && body[6] == 2 => body[8],
                _ => -1,
            };
            if (error >= 0)
            {
                found[(BinaryPrimitives.ReadUInt16LittleEndian(body) + 1, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]) + 1)] = Shown(error);
            }
        }
    }

    private static string Shown(int code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };

    private static bool TryRecord(byte[] book, ref int at, out int kind, out ReadOnlySpan<byte> body)
    {
        kind = 0;
        body = default;
        if (at < 0 || at + 4 > book.Length)
        {
            return false;
        }

        kind = BinaryPrimitives.ReadUInt16LittleEndian(book.AsSpan(at));
        int length = BinaryPrimitives.ReadUInt16LittleEndian(book.AsSpan(at + 2));
        if (at + 4 + length > book.Length)
        {
            return false;
        }

        body = book.AsSpan(at + 4, length);
        at += 4 + length;
        return true;
    }

    /// <summary>The stream "Workbook" (or "Book" of older programs), put together from its sectors.</summary>
    private static byte[] Workbook(byte[] file)
    {
        int size = 1 << BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(30));
        List<int> table = Table(file, size);
        byte[] directory = Chain(file, size, table, Int(file, 48), int.MaxValue);
        for (int entry = 0; entry + 128 <= directory.Length; entry += 128)
        {
            int letters = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(entry + 64)) - 2, 0, 62);
            if (Encoding.Unicode.GetString(directory, entry, letters) is "Workbook" or "Book")
            {
                int length = Int(directory, entry + 120);
                // Streams below this size lie in the small sectors inside the root's own stream.
                return length >= Int(file, 56)
                    ? Chain(file, size, table, Int(directory, entry + 116), length)
                    : Chain(Chain(file, size, table, Int(directory, 116), int.MaxValue), 1 << BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(32)),
                        Numbers(Chain(file, size, table, Int(file, 60), int.MaxValue)), Int(directory, entry + 116), length, header: 0);
            }
        }

        return [];
    }

    /// <summary>The allocation table: for each sector the one that follows it.</summary>
    private static List<int> Table(byte[] file, int size)
    {
        var places = Enumerable.Range(0, 109).Select(i => Int(file, 76 + (4 * i))).ToList();
        int more = Int(file, 68);
        for (int guard = file.Length / size; more >= 0 && guard > 0; guard--)
        {
            byte[] next = Sector(file, size, more, size);
            places.AddRange(Numbers(next)[..^1]);
            more = Numbers(next)[^1];
        }

        return [.. places.Where(place => place >= 0).SelectMany(place => Numbers(Sector(file, size, place, size)))];
    }

    private static byte[] Chain(byte[] file, int size, List<int> table, int first, int length, int header = -1)
    {
        var whole = new MemoryStream();
        int sector = first;
        for (int guard = table.Count; sector is not EndOfChain && sector >= 0 && whole.Length < length && guard > 0; guard--)
        {
            whole.Write(Sector(file, size, sector, header < 0 ? size : header));
            sector = sector < table.Count ? table[sector] : EndOfChain;
        }

        return whole.ToArray()[..(int)Math.Min(whole.Length, length)];
    }

    /// <param name="header">Bytes before the first sector.</param>
    private static byte[] Sector(byte[] file, int size, int place, int header)
    {
        int from = checked(header + (place * size));
        return from >= file.Length ? [] : file[from..Math.Min(from + size, file.Length)];
    }

    private static List<int> Numbers(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 4).Select(i => Int(bytes, 4 * i))];

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
