using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Calendar;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics.Pages;

/// <summary>Where an organisation says once how the sheets that it gets are laid out.</summary>
public sealed partial class MappingPage
{
    /// <summary>Empty lines below those that are filled in.</summary>
    private const int Spare = 3;

    [Parameter] public string? Code { get; set; }

    [SupplyParameterFromForm] private int Version { get; set; }
    [SupplyParameterFromForm] private string? NewCode { get; set; }
    [SupplyParameterFromForm] private string? Name { get; set; }
    [SupplyParameterFromForm] private string? Tab { get; set; }
    [SupplyParameterFromForm] private int? HeadRow { get; set; }
    [SupplyParameterFromForm] private string? Unit { get; set; }
    [SupplyParameterFromForm] private string? Whole { get; set; }
    [SupplyParameterFromForm] private IFormFile? Sample { get; set; }

    private ImportMapping? _kept;
    private IReadOnlyList<Indicator> _indicators = [];
    private List<Draft> _rows = [];
    private string? _sheet;
    private string? _unit;
    private string? _period;
    private int _headRow = 1;

    private sealed record Draft(string Head, string Holds, string Indicator, string Period, bool Carry);

    protected override async Task ReadAsync()
    {
        _indicators = await Db.Set<Indicator>().AsNoTracking().OrderBy(row => row.Code).Take(2000).ToListAsync();
        if (Code is not null)
        {
            _kept = await Mappings.FindAsync(Code);
            ImportLayout layout = MappingBook.LayoutOf(_kept);
            (_sheet, _headRow, _unit, _period) = (layout.Sheet, layout.HeadRow, layout.Organisation, layout.Period);
            _rows = [.. layout.Columns!.Select(column => new Draft(column.Head!, column.Holds!, column.Indicator ?? "", column.Period ?? "", column.Carry))];
            Widen();
        }
    }

    private async Task SaveAsync()
    {
        string code = Code ?? NewCode ?? "";
        (_sheet, _headRow, _unit, _period, _rows) = (Filled(Tab), HeadRow ?? 0, Filled(Unit), Filled(Whole), Posted());
        var layout = new ImportLayout(_sheet, _headRow,
        [
            .. _rows.Where(row => row.Holds.Length > 0)
                .Select(row => new ImportColumn(row.Head, row.Holds, Filled(row.Indicator), Filled(row.Period), null, row.Carry)),
        ], _unit, _period);
        await TryAsync(
            async () =>
            {
                await Mappings.SaveAsync(code, Name, layout, Version);
                await Db.SaveChangesAsync();
            },
            ImportAddress.Mapping(code), "mapping-saved");
        Widen();
    }

    /// <summary>Draws the columns of a sheet with what they probably hold; nothing is kept.</summary>
    private async Task SampleAsync()
    {
        (_sheet, _headRow) = (Filled(Tab), Math.Clamp(HeadRow ?? 1, 1, ImportLayout.LastHeadRow));
        await TryAsync(async () =>
        {
            await using Stream content = (Sample ?? throw new Refusal("workbook.missing")).OpenReadStream();
            using SheetSource source = SheetSource.Open(content, _sheet, null);
            while (source.Row < _headRow && source.Read())
            {
            }

            _rows = [.. Enumerable.Range(0, Math.Min(source.Width, ImportLayout.MostColumns)).Select(source.Text).Where(head => head.Length > 0).Select(Guess)];
        });
    }

    private Draft Guess(string head)
    {
        string plain = SheetHeads.Plain(head);
        string bare = plain.Split('(')[0];
        if (_indicators.FirstOrDefault(row => row.Code == plain || SheetHeads.Plain(row.Name) == bare || SheetHeads.Plain(row.Name) == plain) is { } indicator)
        {
            return new Draft(head, ColumnContent.Value, indicator.Code, "", false);
        }

        if (PeriodText.TryRead(plain, null, out Period period))
        {
            return new Draft(head, ColumnContent.Value, "", period.ToString(), false);
        }

        string holds = bare switch
        {
            _ when bare.Contains("指标", StringComparison.Ordinal) => ColumnContent.Indicator,
            _ when bare.EndsWith('数') || bare.EndsWith('值') => ColumnContent.Value,
            _ when bare is "期别" or "报告期" or "季度" or "月份" or "年份" or "时间" => ColumnContent.Period,
            _ when bare.EndsWith("说明", StringComparison.Ordinal) || bare == "备注" => ColumnContent.Explanation,
            _ when bare.Contains("企业", StringComparison.Ordinal) || bare.Contains("单位名称", StringComparison.Ordinal) || bare.Contains("信用代码", StringComparison.Ordinal)
                || bare is "地区" or "区县" or "填报单位" => ColumnContent.Organisation,
            _ => "",
        };
        return new Draft(head, holds, "", "", false);
    }

    private List<Draft> Posted()
    {
        IFormCollection sent = Http.Request.Form;
        string Of(string kind, int place) => sent[string.Create(CultureInfo.InvariantCulture, $"{kind}.{place}")].ToString().Trim();
        return
        [
            .. Enumerable.Range(0, ImportLayout.MostColumns + Spare).Where(place => Of("h", place).Length > 0)
                .Select(place => new Draft(Of("h", place), Of("k", place), Of("i", place), Of("p", place), Of("c", place) == "true")),
        ];
    }

    private void Widen() => _rows.AddRange(Enumerable.Repeat(new Draft("", "", "", "", false), Spare));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
