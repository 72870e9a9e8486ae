using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;

namespace Lodestone.Coordination.Statistics.Pages;

/// <summary>Where the levels compare, ask, send back and approve. There is no input for a value: only its owner writes one.</summary>
public sealed partial class ReturnReview
{
    [Parameter] public string Form { get; set; } = "";
    [Parameter] public string Organisation { get; set; } = "";
    [Parameter] public string PeriodText { get; set; } = "";

    [SupplyParameterFromQuery(Name = "cell")] private string? Chosen { get; set; }
    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Cell { get; set; }
    [SupplyParameterFromForm] private string? Question { get; set; }

    private ReturnFile? _file;
    private ReturnSheet _sheet = new([], []);
    private IReadOnlyList<StepItem> _road = [];
    private Transition[] _lawful = [];
    private SheetRow? _chosen;
    private bool _holds;

    private string Address => ReturnAddress.Review(Form, Organisation, _file!.Period);

    private string PeriodLabel => _file!.Period.Label(CultureInfo.CurrentUICulture);

    private IReadOnlyList<Crumb> Crumbs => [new(Words.Say("returns.review"), "/returns?view=review"), new(_file!.Organisation.Name), new(_file.Form.Name)];

    private bool Decides => _lawful.Any(move => !move.GoesBack);

    private string NextText => Decides
        ? Words.Say("review.next.decide", _sheet.Rows.Count(row => !NeedsLook(row)), _sheet.Rows.Count(NeedsLook))
        : Words.Say("review.next.wait", Words.Say($"stage.{_file!.Stage}"));

    private List<decimal?> Trend => _chosen is not { Newest: { } newest } cell
        ? []
        : [.. cell.History.Append(newest.Value).TakeLast(8).Select(value => (decimal?)Quantity.FromUnits(value, cell.Indicator.Decimals))];

    protected override async Task ReadAsync()
    {
        ReturnFile file = await Reading.FindAsync(Form, Organisation, Period.TryParse(PeriodText, out Period period) ? period : throw Refusal.NotFound());
        _sheet = await ReturnSheet.ReadAsync(Reading, file, new Dictionary<long, long>(), new Dictionary<long, string>());
        Procedure procedure = file.Case?.Procedure ?? await Reading.ProcedureAsync(file.Form, file.Organisation);
        _road = ReturnSteps.Of(procedure, file.Stage, _sheet.Steps, Words);
        // The reporter's own moves are made where the return is filled in.
        _lawful = file.Case is { } open ? [.. Cases.Lawful(open).Where(move => move.Role != Role.Reporter)] : [];
        _holds = Queries.Holds(file);
        _chosen = _sheet.Rows.FirstOrDefault(row => row.Indicator.Code == Chosen) ?? _sheet.Rows.FirstOrDefault(NeedsLook) ?? (_sheet.Rows.Count > 0 ? _sheet.Rows[0] : null);
        _file = file;
    }

    private Task MoveAsync(string action) => TryAsync(
        async () =>
        {
            await Desk.MoveAsync(_file!, Version, action, action == ReturnAction.SendBack ? Note : null);
            await Db.SaveChangesAsync();
        },
        Address, "return-moved");

    private Task AskAsync() => TryAsync(
        async () =>
        {
            await Queries.AskAsync(_file!, Cell, Question);
            await Db.SaveChangesAsync();
        },
        $"{Address}?cell={Uri.EscapeDataString(Cell ?? "")}", "query-asked");

    private static bool NeedsLook(SheetRow row) => !row.Locked && (row.Findings.Count > 0 || row.WaitsForAnswer);

    private static (LightKind Kind, string Word) LightOf(SheetRow row) => row switch
    {
        { Locked: true } => (LightKind.Hold, "returns.light-locked"),
        { WaitsForAnswer: true } => (LightKind.Hold, "returns.light-asked"),
        { IsWrong: true } => (LightKind.Late, "returns.light-wrong"),
        { IsUnexplained: true } => (LightKind.Due, "returns.light-explain"),
        { IsOutlier: true } => (LightKind.Due, "returns.light-outlier"),
        { IsExplained: true } => (LightKind.Done, "returns.light-explained"),
        { IsBlank: true } => (LightKind.None, "returns.light-blank"),
        _ => (LightKind.Ok, "returns.light-ok"),
    };
}
