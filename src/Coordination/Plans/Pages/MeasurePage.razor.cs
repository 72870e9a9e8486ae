using System.Globalization;
using System.Linq.Expressions;
using Lodestone.Coordination.Supervision;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans.Pages;

public partial class MeasurePage
{
    /// <summary>The measure's code.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromQuery(Name = "milestone")] private string? MilestoneCode { get; set; }
    [SupplyParameterFromQuery(Name = "problem")] private string? ProblemId { get; set; }
    [SupplyParameterFromForm(FormName = "milestone")] private MoveForm? Move { get; set; }
    [SupplyParameterFromForm(FormName = "problem")] private StepForm? Step { get; set; }
    [SupplyParameterFromForm(FormName = "raise")] private RaiseForm? Raise { get; set; }

    /// <summary>A milestone is offered for report from so many calendar days before its quarter.</summary>
    private const int Ahead = 45;

    private Plan _plan = new();
    private Objective _objective = new();
    private Measure _measure = new();
    private MeasureState _state = new(new Measure(), [], Progress.None, 0m, LightKind.None, null, false);
    private Milestone? _chosen;
    private Milestone? _turn;
    private List<ProgressReport> _reports = [];
    private IReadOnlyList<ProblemView> _problems = [];
    private List<PlanRevision> _revisions = [];
    private Relative? _above;
    private List<Relative> _carriers = [];
    private bool _office;
    private bool _presses;
    private string? _leadCode;
    private bool _leads;
    private bool _sees;
    private DateOnly _today;
    private long _problem;

    /// <summary>A measure of the plan above, or of a plan below, with its progress.</summary>
    private sealed record Relative(string Plan, string Name, string Code, string Title, decimal Share);

    private sealed class MoveForm
    {
        public string? Action { get; set; }
        public string? Note { get; set; }
        public long Version { get; set; }
        public IFormFile? File { get; set; }
    }

    private sealed class StepForm
    {
        public string? Action { get; set; }
        public string? Note { get; set; }
        public long Version { get; set; }
    }

    private sealed class RaiseForm
    {
        public string? Text { get; set; }
    }

    protected override async Task ReadAsync()
    {
        _plan = await OpenAsync() ?? throw Refusal.NotFound();
        _today = Clock.Today();
        _ = long.TryParse(ProblemId, NumberStyles.None, CultureInfo.InvariantCulture, out _problem);
        _measure = await Db.Set<Measure>().AsNoTracking().FirstOrDefaultAsync(row => row.PlanId == _plan.Id && row.Code == Code && row.RemovedOn == null)
            ?? throw Refusal.NotFound();
        _objective = await Db.Set<Objective>().AsNoTracking().SingleAsync(row => row.Id == _measure.ObjectiveId);
        List<Milestone> milestones = await Db.Set<Milestone>().AsNoTracking()
            .Where(row => row.MeasureId == _measure.Id && row.RemovedOn == null).OrderBy(row => row.Quarter).ThenBy(row => row.Code).ToListAsync();
        long[] units = [.. Current.Actor.Grants.Select(grant => grant.OrganisationId)];
        bool mine = await Db.Set<Duty>().AnyAsync(row => row.MeasureId == _measure.Id && row.EndedOn == null && units.Contains(row.OrganisationId));
        _sees = await Db.Set<Duty>().AnyAsync(row => row.MeasureId == _measure.Id && row.EndedOn == null && row.OrganisationId == _measure.LeadId);
        _state = PlanTree.State(_measure, milestones, await Calendars.CurrentAsync(), _today, mine);
        _office = Current.Actor.Is(PlansModule.Office);
        _presses = Current.Actor.Is(SupervisionModule.Supervisor);
        _leadCode = _presses ? await Db.Set<Organisation>().Where(row => row.Id == _measure.LeadId).Select(row => row.Code).FirstOrDefaultAsync() : null;
        _leads = Current.Actor.Grants.Any(grant => grant.Role == PlansModule.Liaison && grant.OrganisationId == _measure.LeadId);
        _chosen = MilestoneCode is null ? null : milestones.FirstOrDefault(one => one.Code == MilestoneCode && MayMove(one));
        _turn = milestones.FirstOrDefault(one => MayMove(one) && (_office || one.DueOn <= _today.AddDays(Ahead)));
        long[] known = [.. milestones.Select(one => one.Id)];
        _reports = await Db.Set<ProgressReport>().AsNoTracking().Where(row => known.Contains(row.MilestoneId)).OrderBy(row => row.Id).ToListAsync();
        _problems = await Problems.ListAsync(_plan.Id, _measure.Id);
        _above = (await RelativesAsync(row => row.Id == _measure.CarriesId)).FirstOrDefault();
        _carriers = await RelativesAsync(row => row.CarriesId == _measure.Id && row.RemovedOn == null);
        string start = _measure.Code + "-";
        _revisions = await Db.Set<PlanRevision>().AsNoTracking().Where(row => row.PlanId == _plan.Id
            && ((row.Kind == PlanRevision.Measure && row.Code == _measure.Code) || (row.Kind == PlanRevision.Milestone && row.Code.StartsWith(start) && row.Reason != null)))
            .OrderByDescending(row => row.Id).ToListAsync();
    }

    private async Task<List<Relative>> RelativesAsync(Expression<Func<Measure, bool>> which)
    {
        var rows = await (
            from measure in Db.Set<Measure>().AsNoTracking().Where(which)
            join plan in Db.Set<Plan>() on measure.PlanId equals plan.Id
            orderby measure.Id
            select new { measure.Id, measure.Code, measure.Title, Plan = plan.Code, plan.Name }).ToListAsync();
        long[] ids = [.. rows.Select(row => row.Id)];
        ILookup<long, Milestone> milestones = (await Db.Set<Milestone>().AsNoTracking().Where(row => ids.Contains(row.MeasureId) && row.RemovedOn == null).ToListAsync())
            .ToLookup(row => row.MeasureId);
        return rows.ConvertAll(row => new Relative(row.Plan, row.Name, row.Code, row.Title,
            Progress.OfMilestones([.. milestones[row.Id].Select(one => (one.Weight, one.ConfirmedOn is not null))]).Share));
    }

    private bool MayMove(Milestone one) => one.Stage switch
    {
        MilestoneProcedure.Reported => _office,
        MilestoneProcedure.SentBack => _leads,
        MilestoneProcedure.Planned => _leads && one.Quarter.FirstDay <= _today.AddDays(Ahead),
        _ => false,
    };

    private LightKind LightOf(Milestone one) => one.Stage switch
    {
        MilestoneProcedure.Confirmed => LightKind.Done,
        MilestoneProcedure.Reported => LightKind.Hold,
        MilestoneProcedure.SentBack => LightKind.Due,
        _ => one.DueOn < _today ? LightKind.Late : LightKind.None,
    };

    private string StageWord(Milestone one) => one.Stage == MilestoneProcedure.Planned && one.DueOn < _today
        ? Words.Say("plans.light.late")
        : Words.Say($"stage.plan-milestone.{one.Stage}");

    private static string[] ActionsOf(ProblemView problem) =>
        problem.MayClose ? ["close", "reopen"] : problem.MayAnswer ? ["answer"] : problem.MayReply ? ["reply"] : [];

    private string Here(string? query) => PlansModule.PlaceOf(_plan.Code, _measure.Code) + (query is null ? "" : $"&{query}");

    private Task MoveAsync() => TryAsync(
        async () =>
        {
            Milestone milestone = await Milestones.FindAsync(_plan.Id, MilestoneCode ?? "");
            if (Move?.Action == "report")
            {
                long? evidence = await StoreAsync(Move.File);
                await Milestones.ReportAsync(milestone, Move.Note, evidence, Move.Version);
            }
            else
            {
                await Milestones.DecideAsync(milestone, Move?.Action ?? "", Move?.Note, Move?.Version ?? 0);
            }

            await Db.SaveChangesAsync();
        },
        Here(null), Move?.Action ?? "");

    private Task MoveProblemAsync() => TryAsync(
        async () =>
        {
            await (Step?.Action == "reply"
                ? Problems.ReplyAsync(_problem, Step.Note, Step.Version)
                : Problems.MoveAsync(_problem, Step?.Action ?? "", Step?.Note, Step?.Version ?? 0));
            await Db.SaveChangesAsync();
        },
        Here(null), Step?.Action ?? "");

    private Task RaiseAsync() => TryAsync(
        async () =>
        {
            await Problems.RaiseAsync(_measure, Raise?.Text);
            await Db.SaveChangesAsync();
        },
        Here(null), "raise");

    private async Task<long?> StoreAsync(IFormFile? file)
    {
        if (file is null || file.Length == 0)
        {
            return null;
        }

        await using Stream content = file.OpenReadStream();
        return (await Store.AddAsync(_measure.LeadId, file.FileName, content)).Id;
    }
}
