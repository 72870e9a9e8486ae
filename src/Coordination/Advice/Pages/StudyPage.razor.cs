using System.Globalization;
using Lodestone.Coordination.Plans;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice.Pages;

/// <summary>One study: its report, what became of its proposals, and how the indicators went since.</summary>
public sealed partial class StudyPage
{
    [Parameter] public long Id { get; set; }

    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private long CaseVersion { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Reason { get; set; }
    [SupplyParameterFromForm] private string? Verdict { get; set; }
    [SupplyParameterFromForm] private string? Link { get; set; }
    [SupplyParameterFromForm] private string? IndicatorCode { get; set; }
    [SupplyParameterFromForm] private string? Proposals { get; set; }
    [SupplyParameterFromForm] private IFormFile? Paper { get; set; }

    private StudyView? _view;
    private List<Proposal> _proposals = [];
    private List<(string Plan, string Code, string Title)> _measures = [];
    private IReadOnlyDictionary<long, IndicatorEffect> _effects = new Dictionary<long, IndicatorEffect>();
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<Transition> _moves = [];
    private bool _decides;

    protected override async Task ReadAsync()
    {
        StudyView view = await Reading.StudyAsync(Id);
        _proposals = await Reading.ProposalsAsync(Id);
        _effects = await Effects.OfAsync(_proposals);
        _steps = await Reading.StepsAsync(view.Row.CaseId, view.Row.OrganisationId);
        _moves = [.. Cases.Lawful(await Cases.ReadAsync(view.Row.CaseId)).OrderBy(move => move.GoesBack)];
        _decides = view.Stage == StudyProcedure.Reported && Current.Actor.Is(AdviceModule.Office);
        if (_decides)
        {
            _measures = [.. (await (
                from measure in Db.Set<Measure>().AsNoTracking()
                join plan in Db.Set<Plan>() on measure.PlanId equals plan.Id
                where measure.RemovedOn == null
                orderby plan.Code, measure.Code
                select new { Plan = plan.Code, measure.Code, measure.Title }).Take(500).ToListAsync()).Select(row => (row.Plan, row.Code, row.Title))];
        }

        _view = view;
    }

    internal static Tone ToneOf(string stage) => stage switch
    {
        StudyProcedure.Closed => Tone.Green,
        StudyProcedure.Rejected => Tone.Grey,
        StudyProcedure.Proposed or StudyProcedure.Reported => Tone.Amber,
        _ => Tone.Accent,
    };

    private static string Number(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "—";

    private Task MoveAsync(string action) => DoAsync(async () =>
    {
        long? file = null;
        if (Paper is { } paper)
        {
            await using Stream content = paper.OpenReadStream();
            file = (await Store.AddAsync(_view!.Row.OrganisationId, paper.FileName, content)).Id;
        }

        await Desk.MoveAsync(Id, CaseVersion, action, Note, file, Proposals?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    });

    private Task DecideAsync(long proposal)
    {
        string[] link = Link?.ReplaceLineEndings("\n").Split('\n') ?? [];
        return DoAsync(() => Desk.DecideAsync(Id, proposal, new ProposalDecision(Verdict, Reason, link.ElementAtOrDefault(0), link.ElementAtOrDefault(1), IndicatorCode), Version));
    }

    private Task DoAsync(Func<Task> act) => TryAsync(
        async () =>
        {
            await act();
            await Db.SaveChangesAsync();
        },
        AdviceModule.Place("studies", Id), "study-kept");
}
