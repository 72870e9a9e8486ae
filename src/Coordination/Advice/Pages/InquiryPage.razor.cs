using System.Globalization;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice.Pages;

/// <summary>One inquiry: who is asked, what they said, what the unit made of it; a returned one is written anew here.</summary>
public sealed partial class InquiryPage
{
    [Parameter] public long Id { get; set; }

    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private long CaseVersion { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Answer { get; set; }
    [SupplyParameterFromForm] private string? Verdict { get; set; }
    [SupplyParameterFromForm] private string? Title { get; set; }
    [SupplyParameterFromForm] private string? Field { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? Questions { get; set; }
    [SupplyParameterFromForm] private IFormFile? Paper { get; set; }
    [SupplyParameterFromForm] private string? PartyCode { get; set; }
    [SupplyParameterFromForm] private string? Workdays { get; set; }
    [SupplyParameterFromForm] private string[]? Chosen { get; set; }

    private InquiryView? _view;
    private List<InquiryQuestion> _questions = [];
    private List<InquiryParty> _parties = [];
    private List<AdviceOpinion> _opinions = [];
    private List<Assignment> _assignments = [];
    private List<Expert> _candidates = [];
    private Dictionary<long, string> _names = [];
    private List<Organisation> _enterprises = [];
    private IReadOnlyDictionary<long, string> _why = new Dictionary<long, string>();
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<Transition> _moves = [];
    private bool _assigns;
    private bool _answers;
    private bool _revises;

    protected override async Task ReadAsync()
    {
        InquiryView view = await Reading.InquiryAsync(Id);
        _questions = await Reading.QuestionsAsync(Id);
        _parties = await Reading.PartiesAsync(Id);
        _opinions = await Reading.OpinionsAsync(Id);
        _assignments = await Reading.AssignmentsAsync(view.Row);
        _names = await Reading.NamesAsync(_assignments);
        _steps = await Reading.StepsAsync(view.Row.CaseId, view.Row.OrganisationId);
        Transition[] lawful = [.. Cases.Lawful(await Cases.ReadAsync(view.Row.CaseId))];
        _moves = [.. lawful.Where(move => move.Action != InquiryProcedure.Assign).OrderBy(move => move.GoesBack)];
        _assigns = lawful.Any(move => move.Action == InquiryProcedure.Assign);
        _revises = lawful.Any(move => move.Action == InquiryProcedure.Ask);
        _answers = lawful.Any(move => move.Action == InquiryProcedure.Close);
        if (_assigns)
        {
            _candidates = await Reading.CandidatesAsync(view.Row.Field);
            _why = await Recusal.WhyAsync(_candidates, [view.Row.OrganisationId, .. _parties.Select(row => row.PartyId)]);
            _enterprises = await Db.Set<Organisation>().AsNoTracking().Where(row => row.Kind == OrganisationKind.Enterprise && row.ClosedOn == null).OrderBy(row => row.Code).Take(300).ToListAsync();
        }

        _view = view;
    }

    private Task AssignAsync() => DoAsync(() => Desk.AssignAsync(Id, CaseVersion, [.. (Chosen ?? []).Select(one => long.TryParse(one, CultureInfo.InvariantCulture, out long id) ? id : 0)],
        int.TryParse(Workdays, CultureInfo.InvariantCulture, out int days) ? days : null), "inquiry-moved");

    private Task MoveAsync(string action) => DoAsync(() => Desk.MoveAsync(Id, CaseVersion, action, Note), "inquiry-moved");

    private Task AnswerAsync(long opinion) => DoAsync(() => Desk.AnswerAsync(Id, opinion, Verdict, Answer, Version), "opinion-answered");

    private Task ReviseAsync() => DoAsync(async () =>
    {
        long? file = null;
        if (Paper is { } paper)
        {
            await using Stream content = paper.OpenReadStream();
            file = (await Store.AddAsync(_view!.Row.OrganisationId, paper.FileName, content)).Id;
        }

        await Book.ReviseAsync(Id, Version, new InquiryText(null, Title, Text, Field, Questions?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), null, file));
    }, "inquiry-kept");

    private Task AddPartyAsync() => DoAsync(() => Book.AddPartyAsync(Id, PartyCode), "inquiry-moved");

    private Task DoAsync(Func<Task> act, string done) => TryAsync(
        async () =>
        {
            await act();
            await Db.SaveChangesAsync();
        },
        AdviceModule.Place("inquiries", Id), done);

    internal static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    internal static Tone ToneOf(string stage) => stage switch
    {
        InquiryProcedure.Closed => Tone.Green,
        InquiryProcedure.Dropped => Tone.Grey,
        InquiryProcedure.Asked or InquiryProcedure.Answering => Tone.Amber,
        _ => Tone.Accent,
    };
}
