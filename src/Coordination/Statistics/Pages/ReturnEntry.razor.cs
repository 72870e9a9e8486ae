using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Coordination.Statistics.Pages;

/// <summary>Where a reporter fills in a return, or the one open cell of a correction.</summary>
public sealed partial class ReturnEntry
{
    [Parameter] public string Form { get; set; } = "";
    [Parameter] public string Organisation { get; set; } = "";
    [Parameter] public string PeriodText { get; set; } = "";

    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private string? Go { get; set; }
    [SupplyParameterFromForm] private string? Answer { get; set; }
    [SupplyParameterFromForm] private IFormFile? Sheet { get; set; }
    [SupplyParameterFromForm] private IFormFile? Scan { get; set; }
    [SupplyParameterFromForm] private string? Reason { get; set; }
    [SupplyParameterFromForm] private string? Until { get; set; }

    private static readonly IReadOnlyDictionary<long, long> s_noValues = new Dictionary<long, long>();
    private static readonly IReadOnlyDictionary<long, string> s_noTexts = new Dictionary<long, string>();

    private readonly Dictionary<string, string> _typed = [];
    private readonly Dictionary<string, string> _faults = [];
    private ReturnFile? _file;
    private ReturnSheet _sheet = new([], []);
    private IReadOnlyList<StepItem> _road = [];
    private Transition[] _lawful = [];
    private Upload? _upload;
    private SigningState _signing = SigningState.None;
    private bool _isOwner;
    private bool _writes;
    private bool _closed;

    private string Address => ReturnAddress.Entry(Form, Organisation, _file!.Period);

    private string PeriodLabel => _file!.Period.Label(CultureInfo.CurrentUICulture);

    private IReadOnlyList<Crumb> Crumbs => [new(Words.Say("returns.entry"), "/returns"), new(_file!.Organisation.Name), new(_file.Form.Name)];

    private IEnumerable<SheetRow> Todo => _sheet.Rows.Where(row => !row.Locked && (row.IsWrong || row.IsUnexplained || row.IsBlank))
        .OrderBy(row => row.IsWrong ? 0 : row.IsUnexplained ? 1 : 2);

    private SheetRow? FirstTodo => Todo.FirstOrDefault();

    /// <summary>True when the next step of the draft is a signature and not the submission.</summary>
    private bool Signs => _file!.Form.Signing != FormSigning.None && _file.Correction is null;

    private string NextText => !_isOwner ? Words.Say("returns.only-owner")
        : _closed ? Words.Say("late.next-closed", _file!.EntryEnds!.Value)
        : _file!.Stage == ReturnStage.Signed && _file.Form.Signing == FormSigning.Stamped && _signing.Scan is null ? Words.Say("returns.next.scan")
        : !_writes ? Words.Say($"returns.next.{_file!.Stage}")
        : FirstTodo is null ? Words.Say(Signs ? "returns.next.ready-to-sign" : "returns.next.ready")
        : string.Join(Words.Say("word.and"), Parts(
            ("returns.next.todo-wrong", Todo.Count(row => row.IsWrong)),
            ("returns.next.todo-explain", Todo.Count(row => row is { IsWrong: false, IsUnexplained: true })),
            ("returns.next.todo-blank", Todo.Count(row => row.IsBlank)))) + Words.Say("word.stop");

    private IEnumerable<string> Parts(params (string Word, int Count)[] parts) =>
        parts.Where(part => part.Count > 0).Select(part => Words.Say(part.Word, part.Count));

    private List<RefusedItem> RefusedItems => Refused?.Details.TryGetValue("cells", out object? cells) == true && cells is IEnumerable<CellProblem> problems
        ? [.. problems.Select(problem => new RefusedItem(problem.Message, Navigation.Here($"r{problem.Indicator}")))]
        : [];

    protected override async Task ReadAsync() => await LoadAsync(s_noValues, s_noTexts);

    private async Task LoadAsync(IReadOnlyDictionary<long, long> written, IReadOnlyDictionary<long, string> explained)
    {
        ReturnFile file = await Reading.FindAsync(Form, Organisation, Period.TryParse(PeriodText, out Period period) ? period : throw Refusal.NotFound());
        _sheet = await ReturnSheet.ReadAsync(Reading, file, written, explained);
        Procedure procedure = file.Case?.Procedure ?? await Reading.ProcedureAsync(file.Form, file.Organisation);
        _road = ReturnSteps.Of(procedure, file.Stage, _sheet.Steps, Words);
        _lawful = file.Case is { } open ? [.. Cases.Lawful(open)] : [];
        _isOwner = Current.Actor.May(Role.Reporter, Seat.Own, file.Organisation.Path) is not null;
        _closed = file.IsClosedOn(Clock.Today());
        _writes = _isOwner && file.Stage == ReturnStage.Draft && !_closed;
        _signing = await Signing.StateAsync(file, _sheet.Steps);
        _file = file;
    }

    private async Task SaveAsync()
    {
        StatedCell[] cells = Stated();
        bool submits = Go == "submit";
        await TryAsync(
            async () =>
            {
                CaseView _ = submits ? await Desk.SubmitAsync(_file!, Version, cells) : await Desk.SaveAsync(_file!, Version, cells);
                await Db.SaveChangesAsync();
            },
            Address, !submits ? "return-saved" : Signs ? "return-signed" : "return-submitted");
        if (Refused is not null)
        {
            await KeepTypedAsync(cells);
        }
    }

    /// <summary>A refused page shows what was typed, judged and checked as it stands.</summary>
    private async Task KeepTypedAsync(StatedCell[] cells)
    {
        JudgedCells judged = await Desk.JudgeAsync(_file!, cells);
        foreach (CellRefusal fault in judged.Refused)
        {
            _faults[fault.Indicator] = Words.Say(fault.Code, fault.Figures);
        }

        await LoadAsync(judged.Values, judged.Explanations);
    }

    private StatedCell[] Stated()
    {
        IFormCollection sent = Http.Request.Form;
        foreach (string name in sent.Keys.Where(name => name.StartsWith("v.", StringComparison.Ordinal)))
        {
            _typed[name[2..]] = sent[name].ToString();
        }

        return
        [
            .. _sheet.Rows.Where(row => !row.Locked && _typed.ContainsKey(row.Indicator.Code)).Select(row => new StatedCell(
                row.Indicator.Code,
                CellNumber.Plain(_typed[row.Indicator.Code]) is { Length: > 0 } number ? number : null,
                sent.TryGetValue($"e.{row.Indicator.Code}", out var text) ? text.ToString() : null)),
        ];
    }

    private Task SubmitSignedAsync() => TryAsync(
        async () =>
        {
            await Desk.MoveAsync(_file!, Version, ReturnAction.Submit, null);
            await Db.SaveChangesAsync();
        },
        Address, "return-submitted");

    private Task AttachAsync() => TryAsync(
        async () =>
        {
            IFormFile sent = Scan ?? throw new Refusal("evidence.empty");
            await using Stream content = sent.OpenReadStream();
            await Signing.AttachAsync(_file!, sent.FileName, content);
            await Db.SaveChangesAsync();
        },
        Address, "scan-attached");

    private Task AskLateAsync() => TryAsync(
        async () =>
        {
            DateOnly? until = DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
            await Late.AskAsync(_file!, Reason, until);
            await Db.SaveChangesAsync();
        },
        "/returns/late", "late-asked");

    private Task WithdrawAsync() => TryAsync(
        async () =>
        {
            await Desk.MoveAsync(_file!, Version, ReturnAction.Withdraw, null);
            await Db.SaveChangesAsync();
        },
        Address, "return-withdrawn");

    private Task AnswerAsync(long query) => TryAsync(
        async () =>
        {
            await Queries.AnswerAsync(_file!, query, Answer);
            await Db.SaveChangesAsync();
        },
        Address, "query-answered");

    private async Task UploadAsync()
    {
        if (await TryAsync(async () =>
        {
            IFormFile sent = Sheet ?? throw new Refusal("workbook.missing");
            WorkbookSafety.RequireSize(sent.Length);
            await using Stream content = sent.OpenReadStream();
            _upload = await Workbooks.TakeAsync(_file!, Version, content);
            await Db.SaveChangesAsync();
        }))
        {
            await LoadAsync(s_noValues, s_noTexts);
        }
    }

    private string? Typed(SheetRow row) => _typed.TryGetValue(row.Indicator.Code, out string? typed) ? typed
        : row.Newest is { } newest ? Quantity.FromUnits(newest.Value, row.Indicator.Decimals).ToString(CultureInfo.InvariantCulture)
        : null;

    private static string ChangeOf(SheetRow row) =>
        ReturnSheet.Change(row.Indicator, row.Previous, row.Newest?.Value) ?? Quantity.Missing;

    private RenderFragment Light(SheetRow row) => builder =>
    {
        (LightKind kind, string word) = row switch
        {
            { Locked: true } => (LightKind.Hold, "returns.light-locked"),
            { IsWrong: true } => (LightKind.Late, "returns.light-wrong"),
            { IsUnexplained: true } => (LightKind.Due, "returns.light-explain"),
            { IsOutlier: true } => (LightKind.Due, "returns.light-outlier"),
            { IsExplained: true } => (LightKind.Done, "returns.light-explained"),
            { IsBlank: true } => (LightKind.None, "returns.light-blank"),
            _ => (LightKind.Ok, "returns.light-ok"),
        };
        builder.OpenComponent<LightMark>(0);
        builder.AddComponentParameter(1, nameof(LightMark.Kind), kind);
        builder.AddComponentParameter(2, nameof(LightMark.Word), Words.Say(word));
        builder.CloseComponent();
    };
}
