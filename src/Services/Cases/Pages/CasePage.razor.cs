using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Services.Catalogue;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lodestone.Services.Cases.Pages;

/// <summary>One case, for whoever has a part in it: the enterprise, the window, the examiner, the head of the unit.</summary>
public sealed partial class CasePage
{
    [Parameter] public long Id { get; set; }

    [Inject] private CaseReading Reading { get; set; } = null!;
    [Inject] private CaseMoves Moves { get; set; } = null!;
    [Inject] private MaterialBook Book { get; set; } = null!;
    [Inject] private OpinionBook Opinions { get; set; } = null!;
    [Inject] private PledgeBook Pledges { get; set; } = null!;
    [Inject] private HandOvers HandOvers { get; set; } = null!;
    [Inject] private ClockDesk Clocks { get; set; } = null!;
    [Inject] private CaseDesk Cases { get; set; } = null!;
    [Inject] private CalendarBook Calendars { get; set; } = null!;
    [Inject] private EvidenceStore Store { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Kind { get; set; }
    [SupplyParameterFromForm] private string? Kept { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? To { get; set; }
    [SupplyParameterFromForm] private string[]? Gaps { get; set; }
    [SupplyParameterFromForm] private int? Rating { get; set; }
    [SupplyParameterFromForm] private IFormFile? Paper { get; set; }

    private ServiceView? _view;
    private EntryText _item = null!;
    private WorkCalendar _calendar = WorkCalendar.Published;
    private IReadOnlyList<CaseMaterial> _materials = [];
    private IReadOnlyList<CaseOpinion> _opinions = [];
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<(CaseHandOver Offer, string From, string To)> _handOvers = [];
    private IReadOnlyList<Transition> _moves = [];
    private IReadOnlyList<string> _papers = [];
    private readonly Dictionary<string, IReadOnlyList<MovedDay>> _moved = [];
    private int _unchecked;
    private bool _brings;
    private bool _checks;
    private bool _gives;
    private bool _deemed;
    private bool _hands;
    private bool _offered;
    private bool _pending;

    protected override async Task ReadAsync()
    {
        ServiceView view = await Reading.FindAsync(Id);
        _item = (await Reading.ItemAsync(view)).Text;
        _calendar = await Calendars.CurrentAsync();
        _materials = await Reading.MaterialsAsync(Id);
        _opinions = await Reading.OpinionsAsync(Id);
        _steps = await Reading.StepsAsync(view);
        _handOvers = await Reading.HandOversAsync(Id);
        _papers = [.. CasePapers.Of(view, _materials, _steps)];
        _deemed = view.Stage == CaseProcedure.Received && view.Service.Licence && view.Clocks.GetValueOrDefault(CaseProcedure.CorrectionClock)?.Clock.DueOn < Clock.Today();
        Actor actor = Current.Actor;
        CaseView file = await Cases.ReadAsync(view.Service.CaseId);
        var moves = new List<Transition>();
        foreach (Transition move in Cases.Lawful(file))
        {
            if (await MayAsync(view.Service, move))
            {
                moves.Add(move);
            }
        }

        _moves = [.. moves.OrderBy(move => IsForward(move) ? 0 : move.Action is CaseProcedure.AskCorrection or CaseProcedure.StillMissing or CaseProcedure.Refuse ? 1 : 2)];
        bool keeps = await CaseSight.KeepsAsync(Db, view.Service);
        _brings = MaterialBook.Stages.Contains(view.Stage) && (keeps || actor.Grants.Any(grant => grant.Role == CasesModule.Applicant && grant.OrganisationId == view.Service.OrganisationId));
        _unchecked = keeps && MaterialBook.Stages.Contains(view.Stage) ? _materials.Count(MaterialBook.IsUnchecked) : 0;
        _checks = view.Service.Granted == true && actor.Grants.Any(grant => grant.Role == CasesModule.Examiner && grant.OrganisationId == view.Service.DepartmentId);
        _gives = view.Stage is CaseProcedure.Accepted or CaseProcedure.Special
            && _opinions.Any(row => row.GivenOn is null && actor.Grants.Any(grant => grant.Role is CasesModule.Examiner or CasesModule.Head && grant.OrganisationId == row.DepartmentId));
        _offered = _handOvers.Any(row => row.Offer.ToUser == actor.UserId && row.Offer.TakenAt is null && row.Offer.DeclinedAt is null);
        _pending = _handOvers.Any(row => row.Offer.TakenAt is null && row.Offer.DeclinedAt is null);
        _hands = !CaseProcedure.Table.FinalStages.Contains(view.Stage) && await HandOvers.MayAsync(view.Service);
        foreach (string name in view.Clocks.Keys)
        {
            _moved[name] = await Clocks.MovesAsync(view.Service.CaseId, name);
        }

        _view = view;
    }

    /// <summary>Whether the actor's seat is on this case, and whether the move fits what is there.</summary>
    private async Task<bool> MayAsync(ServiceCase service, Transition move)
    {
        try
        {
            await CaseSight.RequireAsync(Db, service, move.Role);
        }
        catch (Refusal)
        {
            return false;
        }

        if (move.Role == CasesModule.Clerk && ((_deemed && CaseMoves.Tellings.Contains(move.Action)) || !await CaseSight.KeepsAsync(Db, service)))
        {
            return false;
        }

        return move.Action switch
        {
            CaseProcedure.AskCorrection => _steps.All(step => step.Action != CaseProcedure.AskCorrection),
            CaseProcedure.StillMissing => _materials.Any(row => row.Asked),
            CaseProcedure.StartSpecial => _item.Specials is { Count: > 0 },
            CaseProcedure.Extend => service.Licence && _steps.All(step => step.Action != CaseProcedure.Extend),
            CaseProcedure.Revoke => _materials.Any(row => row.PledgeKept == false),
            CaseProcedure.Grant or CaseProcedure.Refuse => service.FiledBy != Current.Actor.UserId,
            _ => true,
        };
    }

    private Task MoveAsync(string action) => DoAsync(
        () => Moves.MoveAsync(Id, Version, new CaseMove(action, Note,
            [.. _materials.Where(row => !string.IsNullOrWhiteSpace(Posted($"a.{row.Code}"))).Select(row => new MissingMaterial(row.Code, Posted($"a.{row.Code}")))], Gaps, Kind, Rating)),
        action == CaseProcedure.Rate ? "case-rated" : "case-moved");

    private Task BringAsync(string code) => DoAsync(
        async () =>
        {
            IFormFile paper = Paper ?? throw new Refusal("service.evidence", 422, code);
            await using Stream content = paper.OpenReadStream();
            EvidenceFile stored = await Store.AddAsync(_view!.Service.OrganisationId, paper.FileName, content, SensitivityMark.Sensitive);
            await CaseEndpoints.BringMaterialAsync(Id, new BroughtMaterial(code, stored.Id), Reading, Book, Db);
        },
        "case-brought");

    private Task CheckAllAsync() => DoAsync(() => Book.CheckAsync(Id), "case-checked");

    private Task CloseAsync() => DoAsync(() => HandOvers.CloseAsync(Id), "case-taken-back");

    private Task CheckAsync(string code) => DoAsync(() => Pledges.CheckAsync(Id, code, Kept == "yes", Text), "case-pledge");

    private Task OpinionAsync() => DoAsync(() => Opinions.GiveAsync(Id, Kept == "yes", Text), "case-opinion");

    private Task OfferAsync() => DoAsync(() => HandOvers.OfferAsync(Id, To, Text), "case-offered");

    private Task AnswerAsync() => DoAsync(() => HandOvers.AnswerAsync(Id, Kept == "yes"), Kept == "yes" ? "case-taken" : "case-declined");

    private Task DoAsync(Func<Task> command, string done) => TryAsync(
        async () =>
        {
            await command();
            await Db.SaveChangesAsync();
        },
        CaseAddress.Of(Id), done);

    private string NextWords() => Words.Say(NextKey(), _materials.Count(row => row.State is MaterialState.Missing or MaterialState.Gap), _view!.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—",
        _view.Left(Words), _view.Service.SpecialDays ?? 0, _view.Service.DepartmentName, Day(_view.Service.MaterialsOn));

    /// <summary>Acceptance by law and the words of the law are a licence's.</summary>
    private string NextKey() => _view!.Stage switch
    {
        CaseProcedure.Received => _deemed ? "cases.next.received.deemed" : _view.Service.Licence ? "cases.next.received" : "cases.next.received.other",
        CaseProcedure.Refused when !_view.Service.Licence => "cases.next.refused.other",
        _ => $"cases.next.{_view.Stage}",
    };

    private static bool IsForward(Transition move) => move is { GoesBack: false, Action: not (CaseProcedure.Refuse or CaseProcedure.SayNotCompetent or CaseProcedure.SayNotRequired) };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
