using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using nietras.SeparatedValues;

namespace Lodestone.Coordination.Statistics;

/// <summary>
/// The rows of one sheet that somebody sends, whatever its format, one after the other. Nothing in the file is believed: not its
/// ending, not its declared sizes, not the dimension of its sheet.
/// </summary>
internal abstract class SheetSource : IDisposable
{
    /// <summary>Cells to the right of it are no table that a person keeps.</summary>
    public const int MostColumns = 1000;

    /// <summary>Rows below it belong in another file.</summary>
    public const int MostRows = 500_000;

    /// <summary>Unpacked bytes of a workbook; 200,000 rows have about 80 million.</summary>
    private const long MostUnpacked = 512L * 1024 * 1024;

    /// <summary>The row the source stands at, as the spreadsheet counts, from 1; 0 before the first.</summary>
    public int Row { get; protected set; }

    public abstract int Width { get; }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="Refusal"><c>workbook.broken</c>, <c>import.dimension</c></exception>
    public abstract bool Read();

    /// <summary>What stands in a cell of the row, as a person sees it, without blanks around it; empty beyond the row's end.</summary>
    public abstract ReadOnlySpan<char> Span(int column);

    public string Text(int column) => Span(column).ToString();

    /// <summary>Code of what is wrong with the cell itself, e.g. a formula that fails; null when it can be judged.</summary>
    public abstract string? FaultOf(int column);

    public abstract void Dispose();

    /// <param name="content">Seekable; stays open.</param>
    /// <param name="sheet">Name of the sheet; null for the first.</param>
    /// <param name="encoding"><c>utf-8</c> or <c>gbk</c> of a text file; null finds out.</param>
    /// <exception cref="Refusal">
    /// <c>workbook.too-large</c>, <c>workbook.protected</c>, <c>workbook.bursts</c>, <c>workbook.broken</c>, <c>import.empty</c>, <c>import.dimension</c>,
    /// <c>import.sheet-missing</c> with the sheets there are, <c>import.encoding</c>, <c>import.encoding-unclear</c>
    /// </exception>
    public static SheetSource Open(Stream content, string? sheet, string? encoding)
    {
        WorkbookSafety.RequireSize(content.Length);
        if (content.Length == 0)
        {
            throw new Refusal("import.empty");
        }

        try
        {
            return WorkbookSafety.FormatOf(content) switch
            {
                SheetFormat.Zip => Workbook.OpenNew(content, sheet),
                SheetFormat.Compound => Workbook.OpenOld(content, sheet),
                _ => Csv.Open(content, encoding),
            };
        }
        catch (InvalidPasswordException)
        {
            throw new Refusal("workbook.protected");
        }
        catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
        {
            throw new Refusal("workbook.broken");
        }
    }

    /// <summary>Text: comma, tab or semicolon, quotes by the book.</summary>
    private sealed class Csv(SepReader reader) : SheetSource
    {
        private static readonly char[] s_separators = [',', '\t', ';'];

        private int _width;

        public static Csv Open(Stream content, string? encoding)
        {
            byte[] bytes = new byte[content.Length];
            content.Position = 0;
            content.ReadExactly(bytes);
            string text = SheetEncoding.Decode(bytes, encoding);
            ReadOnlySpan<char> head = text.AsSpan(0, Math.Min(text.Length, 4000));
            char separator = ',';
            foreach (char candidate in s_separators)
            {
                separator = head.Count(candidate) > head.Count(separator) ? candidate : separator;
            }

            return new Csv(Sep.New(separator).Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true, Trim = SepTrim.All }).FromText(text));
        }

        public override int Width => _width;

        public override bool Read()
        {
            try
            {
                if (!reader.MoveNext())
                {
                    return false;
                }
            }
            catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
            {
                throw new Refusal("workbook.broken");
            }

            // A line break within quotes makes no row, in a spreadsheet either.
            Row++;
            _width = reader.Current.ColCount;
            return _width > MostColumns || Row > MostRows ? throw new Refusal("import.dimension", 422, MostRows, MostColumns) : true;
        }

        public override ReadOnlySpan<char> Span(int column) => column < _width ? reader.Current[column].Span : default;

        public override string? FaultOf(int column) => null;

        public override void Dispose() => reader.Dispose();
    }

    /// <summary>A workbook, .xlsx or .xls.</summary>
    private sealed class Workbook(IExcelDataReader reader, IReadOnlyDictionary<(int Row, int Column), string> errors) : SheetSource
    {
        // The library asks for a code page even where it reads none.
        static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        public static Workbook OpenNew(Stream content, string? sheet)
        {
            WorkbookSafety.RequireUnpackable(content, MostUnpacked);
            // Before the library reads it: it makes room for every column that a stray cell claims.
            int place = WorkbookSheets.PlaceOf(content, sheet);
            IReadOnlyDictionary<(int, int), string> errors = WorkbookErrors.Find(content, place, MostRows, MostColumns);
            content.Position = 0;
            return new Workbook(At(ExcelReaderFactory.CreateOpenXmlReader(content, new ExcelReaderConfiguration { LeaveOpen = true }), place), errors);
        }

        public static Workbook OpenOld(Stream content, string? sheet)
        {
            if (WorkbookSafety.IsEncrypted(content))
            {
                throw new Refusal("workbook.protected");
            }

            content.Position = 0;
            IExcelDataReader reader = ExcelReaderFactory.CreateBinaryReader(content, new ExcelReaderConfiguration { LeaveOpen = true });
            var names = new List<string>();
            do
            {
                if (sheet is null || reader.Name == sheet)
                {
                    return new Workbook(reader, OldWorkbookErrors.Find(content, names.Count));
                }

                names.Add(reader.Name);
            }
            while (reader.NextResult());
            reader.Dispose();
            throw new Refusal("import.sheet-missing", 422, sheet, string.Join('、', names));
        }

        public override int Width => Math.Min(reader.FieldCount, MostColumns);

        public override bool Read()
        {
            try
            {
                if (!reader.Read())
                {
                    return false;
                }
            }
            catch (Exception error) when (WorkbookSafety.IsOfTheFile(error))
            {
                throw new Refusal("workbook.broken");
            }

            Row++;
            return Row > MostRows ? throw new Refusal("import.dimension", 422, MostRows, MostColumns) : true;
        }

        public override ReadOnlySpan<char> Span(int column) => column >= reader.FieldCount ? default : reader.GetValue(column) switch
        {
            null => errors.Count > 0 && errors.TryGetValue((Row, column + 1), out string? shown) ? shown : default,
            string text => text.AsSpan().Trim(),
            // As the spreadsheet shows it: 15 digits, so 0.1 + 0.2 is 0.3.
            double number => number.ToString("G15", CultureInfo.InvariantCulture),
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other),
        };

        public override string? FaultOf(int column) =>
            errors.Count > 0 && errors.ContainsKey((Row, column + 1)) ? "workbook.formula-error"
            : column < reader.FieldCount && reader.GetValue(column) is double number && Math.Abs(number) is >= 1e15 and < 1e19 ? "workbook.digits"
            : null;

        public override void Dispose() => reader.Dispose();

        private static IExcelDataReader At(IExcelDataReader reader, int place)
        {
            for (int sheet = 0; sheet < place; sheet++)
            {
                reader.NextResult();
            }

            return reader;
        }
    }
}
