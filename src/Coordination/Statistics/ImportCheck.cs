using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;

namespace Lodestone.Coordination.Statistics;

/// <summary>A unit or an indicator as a sheet may name it, with a number of its own that makes keys short.</summary>
internal sealed record Named<T>(T Value, int Number);

/// <summary>What a sheet's texts may mean, within the importer's scope. A text that means two things is there with null.</summary>
/// <param name="Organisations">By code, name and credit code.</param>
/// <param name="Indicators">By code and name.</param>
/// <param name="Own">Units whose cells the importer may fill in this way.</param>
/// <param name="Asked">Of returns: the form that asks a unit for an indicator; null for a history, which any indicator has.</param>
/// <param name="Today">The legal day.</param>
internal sealed record ImportGround(
    IReadOnlyDictionary<string, Named<Organisation>?> Organisations, IReadOnlyDictionary<string, Named<Indicator>?> Indicators,
    IReadOnlySet<long> Own, IReadOnlyDictionary<(long Indicator, long Organisation), Form>? Asked, DateOnly Today);

/// <summary>A cell that passed the checks.</summary>
/// <param name="Row">As the spreadsheet counts, from 1.</param>
/// <param name="Value">Whole smallest units.</param>
internal readonly record struct ImportedCell(
    int Row, Named<Indicator> Indicator, Named<Organisation> Organisation, Period Period, long Value, string? Explanation)
{
    public CellKey Key => new(Indicator.Value.Id, Organisation.Value.Id, Period);
}

/// <summary>Why a row, or one cell of it, was not taken.</summary>
/// <param name="Code">Also the key of the sentence.</param>
internal sealed record RowRefusal(int Row, string Code, params object[] Figures);

/// <summary>What the checks made of a sheet.</summary>
/// <param name="Rows">Rows below the heads that hold something.</param>
internal sealed record CheckedSheet(int Rows, List<ImportedCell> Cells, List<RowRefusal> Refused);

/// <summary>
/// The checks of an import: unit, indicator, period, number, count, and no cell twice. Pure: the same for the preview and the storing.
/// </summary>
internal sealed class ImportCheck
{
    private const int ProgressStep = 5000;

    private readonly ImportGround _ground;
    private readonly ImportLayout _layout;
    private readonly Dictionary<string, Named<Organisation>?>.AlternateLookup<ReadOnlySpan<char>> _organisations;
    private readonly Dictionary<string, Named<Indicator>?>.AlternateLookup<ReadOnlySpan<char>> _indicators;
    private readonly Dictionary<string, Period>.AlternateLookup<ReadOnlySpan<char>>[] _periods;
    private readonly Dictionary<ulong, int> _taken = [];
    private readonly HashSet<int> _doubled = [];
    private readonly List<ImportedCell> _cells = [];
    private readonly List<RowRefusal> _refused = [];

    public ImportCheck(ImportLayout layout, ImportGround ground)
    {
        _layout = layout;
        _ground = ground;
        _organisations = new Dictionary<string, Named<Organisation>?>(ground.Organisations, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _indicators = new Dictionary<string, Named<Indicator>?>(ground.Indicators, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _periods = [.. Enum.GetValues<PeriodKind>().Select(_ => new Dictionary<string, Period>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>())];
    }

    /// <param name="progress">Told the row now and then.</param>
    public CheckedSheet Run(SheetSource sheet, IProgress<int>? progress = null)
    {
        int[] places = SheetHeads.Find(sheet, _layout);
        string[] carried = new string[places.Length];
        int rows = 0;
        while (sheet.Read())
        {
            rows += Take(sheet, places, carried) ? 1 : 0;
            if (sheet.Row % ProgressStep == 0)
            {
                progress?.Report(sheet.Row);
            }
        }

        // Of a cell that is stated twice nobody knows which one is meant.
        List<ImportedCell> taken = _doubled.Count == 0 ? _cells : [.. _cells.Where((_, index) => !_doubled.Contains(index))];
        return new CheckedSheet(rows, taken, _refused);
    }

    /// <summary>False for a row that holds no value.</summary>
    private bool Take(SheetSource sheet, int[] places, string[] carried)
    {
        IReadOnlyList<ImportColumn> columns = _layout.Columns!;
        ReadOnlySpan<char> organisation = _layout.Organisation;
        ReadOnlySpan<char> period = _layout.Period;
        ReadOnlySpan<char> indicator = _layout.Indicator;
        string? explanation = null;
        bool any = false;
        for (int i = 0; i < places.Length; i++)
        {
            ImportColumn column = columns[i];
            if (column.Holds == ColumnContent.Value)
            {
                any |= !sheet.Span(places[i]).IsEmpty || sheet.FaultOf(places[i]) is not null;
                continue;
            }

            ReadOnlySpan<char> text = sheet.Span(places[i]);
            if (column.Carry)
            {
                text = text.IsEmpty ? carried[i] : carried[i] = text.ToString();
            }

            switch (column.Holds)
            {
                case ColumnContent.Organisation:
                    organisation = text;
                    break;
                case ColumnContent.Period:
                    period = text;
                    break;
                case ColumnContent.Indicator:
                    indicator = text;
                    break;
                default:
                    explanation = text.IsEmpty ? null : text.ToString();
                    break;
            }
        }

        for (int i = 0; any && i < places.Length; i++)
        {
            ImportColumn column = columns[i];
            if (column.Holds == ColumnContent.Value && (!sheet.Span(places[i]).IsEmpty || sheet.FaultOf(places[i]) is not null))
            {
                RowRefusal? refusal = TakeCell(sheet, places[i], column.Organisation ?? organisation, column.Period ?? period,
                    column.Indicator ?? indicator, explanation);
                if (refusal is not null)
                {
                    _refused.Add(refusal);
                }
            }
        }

        return any;
    }

    private RowRefusal? TakeCell(
        SheetSource sheet, int place, ReadOnlySpan<char> organisationText, ReadOnlySpan<char> periodText, ReadOnlySpan<char> indicatorText, string? explanation)
    {
        if (!_organisations.TryGetValue(organisationText, out Named<Organisation>? organisation))
        {
            return new RowRefusal(sheet.Row, "import.organisation-unknown", Shown(organisationText));
        }

        if (organisation is null)
        {
            return new RowRefusal(sheet.Row, "import.organisation-ambiguous", Shown(organisationText));
        }

        if (!_ground.Own.Contains(organisation.Value.Id))
        {
            return new RowRefusal(sheet.Row, "import.organisation-foreign", organisation.Value.Name);
        }

        if (!_indicators.TryGetValue(indicatorText, out Named<Indicator>? indicator) || indicator is null)
        {
            return new RowRefusal(sheet.Row, "import.indicator-unknown", Shown(indicatorText));
        }

        if (!TryPeriod(periodText, indicator.Value, out Period period, out string? wrong))
        {
            return new RowRefusal(sheet.Row, wrong!, Shown(periodText), indicator.Value.Name);
        }

        if (_ground.Asked is { } asked)
        {
            if (!asked.TryGetValue((indicator.Value.Id, organisation.Value.Id), out Form? form))
            {
                return new RowRefusal(sheet.Row, "import.not-asked", organisation.Value.Name, indicator.Value.Name);
            }

            if (period.LastDay > form.ValidUntil)
            {
                return new RowRefusal(sheet.Row, "form.expired", form.Name, form.ValidUntil);
            }
        }

        return TakeNumber(sheet, place, organisation, indicator, period, explanation);
    }

    private RowRefusal? TakeNumber(
        SheetSource sheet, int place, Named<Organisation> organisation, Named<Indicator> indicator, Period period, string? explanation)
    {
        ReadOnlySpan<char> text = sheet.Span(place);
        Indicator meant = indicator.Value;
        if (sheet.FaultOf(place) is { } fault)
        {
            return new RowRefusal(sheet.Row, fault, meant.Name, Shown(text), ReturnWorkbook.KeptDigits);
        }

        if (!CellNumber.TryRead(text, meant.Decimals, out long value, out string? code)
            && !CellNumber.TryRead(CellNumber.Plain(text.ToString()), meant.Decimals, out value, out code))
        {
            return new RowRefusal(sheet.Row, code!, meant.Name, Shown(text), meant.Decimals);
        }

        if (CellCheck.IsNegativeCount(value, meant.Decimals, meant.Unit))
        {
            return new RowRefusal(sheet.Row, CellCheck.Negative, meant.Name, meant.Unit);
        }

        ulong key = ((ulong)(uint)((organisation.Number * _ground.Indicators.Count) + indicator.Number) << 32) | (uint)period.Code;
        if (!_taken.TryAdd(key, _cells.Count))
        {
            int first = _taken[key];
            if (_doubled.Add(first))
            {
                _refused.Add(new RowRefusal(_cells[first].Row, CellJudge.DuplicateCell, meant.Name));
            }

            return new RowRefusal(sheet.Row, CellJudge.DuplicateCell, meant.Name);
        }

        _cells.Add(new ImportedCell(sheet.Row, indicator, organisation, period, value, explanation));
        return null;
    }

    private bool TryPeriod(ReadOnlySpan<char> text, Indicator indicator, out Period period, out string? wrong)
    {
        Dictionary<string, Period>.AlternateLookup<ReadOnlySpan<char>> known = _periods[(int)indicator.Frequency];
        wrong = null;
        if (!known.TryGetValue(text, out period))
        {
            string written = text.ToString();
            if (!PeriodText.TryRead(written, indicator.Frequency, out period))
            {
                wrong = "import.period-unreadable";
                return false;
            }

            known[written] = period;
        }

        wrong = period.Kind != indicator.Frequency ? "import.period-kind"
            : _ground.Asked is null && period.Year >= _ground.Today.Year ? "import.year-open"
            : _ground.Asked is not null && period.FirstDay > _ground.Today ? "import.period-future"
            : null;
        return wrong is null;
    }

    /// <summary>A refused text goes back into a sentence; not all of it when it is endless.</summary>
    private static string Shown(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
