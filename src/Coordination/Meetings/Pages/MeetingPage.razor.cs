using System.Globalization;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Meetings.Pages;

/// <summary>A meeting with its agenda, attendance, minutes and resolutions; each reader finds the form that is his turn.</summary>
public sealed partial class MeetingPage
{
    private static readonly string[] s_kinds =
        [OrganisationKind.Department, OrganisationKind.District, OrganisationKind.Park, OrganisationKind.Committee, OrganisationKind.Institution];

    [Parameter] public long Id { get; set; }

    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private string? Go { get; set; }
    [SupplyParameterFromForm] private string? Fact { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? Starts { get; set; }
    [SupplyParameterFromForm] private string? Place { get; set; }
    [SupplyParameterFromForm] private string? Chair { get; set; }
    [SupplyParameterFromForm] private string[]? Units { get; set; }
    [SupplyParameterFromForm] private string? HeldOn { get; set; }
    [SupplyParameterFromForm] private string? UnitCode { get; set; }
    [SupplyParameterFromForm] private string? Lead { get; set; }
    [SupplyParameterFromForm] private string[]? Supports { get; set; }
    [SupplyParameterFromForm] private int? Workdays { get; set; }
    [SupplyParameterFromForm] private long? MatterId { get; set; }

    private MeetingView? _view;
    private IReadOnlyList<AgendaLine> _lines = [];
    private IReadOnlyList<AttendanceView> _units = [];
    private IReadOnlyList<Resolution> _resolutions = [];
    private IReadOnlyDictionary<long, OrderView> _orders = new Dictionary<long, OrderView>();
    private IReadOnlyList<MatterView> _matters = [];
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<Transition> _moves = [];
    private List<(string Code, string Name)> _choice = [];
    private Palette _palette = Palette.Three;
    private AttendanceView? _mine;
    private bool _edits;
    private bool _records;
    private bool _presses;

    protected override async Task ReadAsync()
    {
        MeetingView view = await Reading.FindAsync(Id);
        _lines = await Lines.ReadAsync(view);
        _units = await Reading.AttendanceAsync(Id);
        _resolutions = await Reading.ResolutionsAsync(view);
        _orders = await Orders.OfAsync([.. _resolutions.Select(row => row.OrderId).OfType<long>()]);
        _palette = await Orders.PaletteAsync(view.City.Id);
        _steps = await Reading.StepsAsync(view);
        _mine = view.Row.HeldOn is null
            ? _units.FirstOrDefault(unit => unit.Stage == AttendanceProcedure.Invited
                && Current.Actor.Grants.Any(grant => grant.Role == MeetingsModule.Liaison && grant.OrganisationId == unit.Organisation))
            : null;
        if (view.Office)
        {
            _moves = [.. Cases.Lawful(await Cases.ReadAsync(view.Row.CaseId)).OrderBy(move => move.GoesBack)];
            bool office = Current.Actor.Is(MeetingsModule.Office);
            (_edits, _records, _presses) = (office && view.Stage == MeetingProcedure.Planned, office && view.Stage == MeetingProcedure.Held, office && view.Stage == MeetingProcedure.Issued);
            _matters = await Matters.OfMeetingAsync(Id);
        }

        if (_edits || _records)
        {
            _choice = [.. (await Db.Set<Organisation>().AsNoTracking().Where(row => s_kinds.Contains(row.Kind) && row.ClosedOn == null).OrderBy(row => row.Code).Take(300)
                .Select(row => new { row.Code, row.Name }).ToListAsync()).Select(row => (row.Code, row.Name))];
        }

        _view = view;
    }

    /// <summary>The fields of a move with what is likely: the usual units are called, those that announced themselves came.</summary>
    private RenderFragment Fields(Transition move)
    {
        bool calls = move.Action == MeetingProcedure.Call;
        string[] likely = [.. calls ? _choice.Select(unit => unit.Code) : _units.Where(unit => unit.Stage == AttendanceProcedure.Confirmed).Select(unit => unit.Code)];
        IReadOnlyList<(string, string)> units = calls ? _choice : [.. _units.Select(unit => (unit.Code, unit.Name))];
        return builder =>
        {
            builder.OpenComponent<MeetingFields>(0);
            builder.AddAttribute(1, nameof(MeetingFields.Action), move.Action);
            builder.AddAttribute(2, nameof(MeetingFields.Starts), Starts ?? _view!.Row.StartsAt?.ToOffset(Kernel.Data.Clock.LegalOffset).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
            builder.AddAttribute(3, nameof(MeetingFields.Place), Place ?? _view!.Row.Place);
            builder.AddAttribute(4, nameof(MeetingFields.Chair), Chair ?? _view!.Row.Chair);
            builder.AddAttribute(5, nameof(MeetingFields.HeldOn), HeldOn ?? _view!.Row.StartsAt?.LegalDay().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            builder.AddAttribute(6, nameof(MeetingFields.Text), Refused is null ? _view!.Row.Minutes : Text);
            builder.AddAttribute(7, nameof(MeetingFields.Units), units);
            builder.AddAttribute(8, nameof(MeetingFields.Chosen), Units ?? likely);
            builder.CloseComponent();
        };
    }

    private Task MoveAsync(string action) => TryAsync(
        async () =>
        {
            DateTimeOffset? at = DateTime.TryParseExact(Starts, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
                ? new DateTimeOffset(local, Kernel.Data.Clock.LegalOffset)
                : null;
            DateOnly? held = DateOnly.TryParseExact(HeldOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
            bool holds = action == MeetingProcedure.Hold;
            await Desk.MoveAsync(Id, Version, new MeetingMove(action, Note, at, Place, Chair, holds ? null : Units, held, holds ? Units : null, Text));
            await Db.SaveChangesAsync();
        },
        MeetingAddress.OfMeeting(Id), "meeting-moved");

    private Task EditAsync() => TryAsync(
        async () =>
        {
            (string verb, string fact) = (Go ?? "").Split('|', 2) is [var first, var second] ? (first, second) : ("", "");
            await (verb switch
            {
                "add" => Lines.AddAsync(_view!, Text),
                "drop" => Lines.DropAsync(_view!, Fact, Note, back: false),
                "restore" => Lines.DropAsync(_view!, fact, null, back: true),
                "up" or "down" => Lines.ReorderAsync(_view!, Swapped(fact, verb == "up" ? -1 : 1)),
                _ => throw new Refusal("case.unknown-action", 422, verb),
            });
            await Db.SaveChangesAsync();
        },
        MeetingAddress.OfMeeting(Id), "agenda-changed");

    private string[] Swapped(string fact, int by)
    {
        string[] facts = [.. _lines.Where(line => line.DroppedBecause is null).Select(line => line.Fact)];
        int at = Array.IndexOf(facts, fact);
        int to = Math.Clamp(at + by, 0, Math.Max(0, facts.Length - 1));
        if (at >= 0)
        {
            (facts[at], facts[to]) = (facts[to], facts[at]);
        }

        return at >= 0 ? facts : [fact];
    }

    private Task AnswerAsync() => TryAsync(
        async () =>
        {
            await Desk.AnswerAsync(Id, UnitCode, Version, Go, Text);
            await Db.SaveChangesAsync();
        },
        MeetingAddress.OfMeeting(Id), "attendance-answered");

    private Task ResolveAsync() => TryAsync(
        async () =>
        {
            await Resolutions.AddAsync(Id, new ResolutionText(Text, Lead, Supports, Workdays, MatterId));
            await Db.SaveChangesAsync();
        },
        MeetingAddress.OfMeeting(Id), "resolution-written");

    private Task HandleAsync()
    {
        (string verb, long id) = (Go ?? "").Split(':', 2) is [var first, var second] && long.TryParse(second, CultureInfo.InvariantCulture, out long number) ? (first, number) : ("", 0);
        return TryAsync(
            async () =>
            {
                await (verb switch
                {
                    "order" => Resolutions.OrderAsync(id),
                    "strike" => Resolutions.StrikeAsync(id),
                    _ => throw new Refusal("case.unknown-action", 422, verb),
                });
                await Db.SaveChangesAsync();
            },
            MeetingAddress.OfMeeting(Id), verb == "order" ? "resolution-ordered" : "resolution-struck");
    }
}
