using System.Globalization;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Plans.Pages;

public partial class EvaluationPage
{
    /// <summary>The evaluation.</summary>
    [Parameter]
    public long Id { get; set; }

    private Plan _plan = new();
    private Evaluation _row = new();
    private EvaluationFigures _figures = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, [], [], []);
    private IReadOnlyList<EvaluationOpinion> _opinions = [];
    private IReadOnlyList<OpinionText> _printed = [];
    private Organisation? _unit;
    private string[] _moves = [];
    private bool _writes;

    /// <summary>The version that the form was drawn from; a refused form keeps it.</summary>
    private string Seen => Posted("version") ?? _row.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whose turn it is, as the end of the key <c>evaluation.turn.…</c>; null when it is another's.</summary>
    private string? Turn => _unit is not null ? "opinion" : _moves.Length > 0 ? _row.Stage : null;

    private string? Place => Turn is null ? null
        : _unit is not null ? Navigation.Here("opinions")
        : _row.Stage == EvaluationProcedure.Consulting && _opinions.Any(one => one.Answer is null) ? Navigation.Here("opinions")
        : Navigation.Here("move");

    protected override async Task ReadAsync()
    {
        Evaluation row = await Desk.FindAsync(Id);
        Db.Entry(row).State = EntityState.Detached;
        _plan = await Db.Set<Plan>().AsNoTracking().SingleAsync(one => one.Id == row.PlanId);
        _figures = EvaluationDesk.FiguresOf(row);
        _opinions = await Desk.OpinionsAsync(row.Id);
        _printed = await Desk.PrintedAsync(row);
        _unit = await Opinions.TurnAsync(row);
        string? path = await Db.Set<Organisation>().Where(one => one.Id == _plan.CityId).Select(one => one.Path).FirstOrDefaultAsync();
        bool May(string role) => path is not null && Current.Actor.May(role, Seat.At, path) is not null;
        _writes = May(PlansModule.Office) && row.Stage is (EvaluationProcedure.Draft or EvaluationProcedure.Consulting);
        _moves = [.. EvaluationProcedure.Table.From(row.Stage).Where(move => May(move.Role)).Select(move => move.Action).OrderBy(action => action is "recall" or "send-back")];
        _row = row;
    }

    private string Here => $"/plan/evaluations/{Id}";

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private Task WriteAsync() => TryAsync(
        async () =>
        {
            await Desk.WriteAsync(await Desk.FindAsync(Id), Posted("findings"), Posted("advice"), Posted("go") == "recount", Number(Posted("version")));
            await Db.SaveChangesAsync();
        },
        Here, "evaluation-kept");

    private Task MoveAsync() => TryAsync(
        async () =>
        {
            await Desk.MoveAsync(await Desk.FindAsync(Id), Posted("go") ?? "", Posted("note"), Posted("number"), Number(Posted("version")));
            await Db.SaveChangesAsync();
        },
        Here, $"evaluation-{Posted("go")}");

    private Task SayAsync() => TryAsync(
        async () =>
        {
            await Opinions.SayAsync(await Desk.FindAsync(Id), Posted("text"));
            await Db.SaveChangesAsync();
        },
        Here, "evaluation-said");

    private Task AnswerAsync(EvaluationOpinion one) => TryAsync(
        async () =>
        {
            await Opinions.AnswerAsync(await Desk.FindAsync(Id), one.Id, Posted("answer"), Number(Posted("version")));
            await Db.SaveChangesAsync();
        },
        Here, "evaluation-answered");
}
