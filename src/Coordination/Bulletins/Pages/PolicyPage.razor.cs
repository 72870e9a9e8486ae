using System.Globalization;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Bulletins.Pages;

/// <summary>One policy document: its versions, checks and comments, where it stands, what may be done with it.</summary>
public sealed partial class PolicyPage
{
    [Parameter] public long Id { get; set; }

    [Inject] private IServiceProvider Services { get; set; } = null!;
    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private long CaseVersion { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Title { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? Kind { get; set; }
    [SupplyParameterFromForm] private string? Finding { get; set; }
    [SupplyParameterFromForm] private string? By { get; set; }
    [SupplyParameterFromForm] private string? Opinion { get; set; }
    [SupplyParameterFromForm] private string? Answer { get; set; }
    [SupplyParameterFromForm] private string? Verdict { get; set; }
    [SupplyParameterFromForm] private string[]? Chosen { get; set; }
    [SupplyParameterFromForm] private string[]? Units { get; set; }
    [SupplyParameterFromForm] private string? Until { get; set; }
    [SupplyParameterFromForm] private string? From { get; set; }
    [SupplyParameterFromForm] private string? AsksPublic { get; set; }
    [SupplyParameterFromForm] private string? Number { get; set; }
    [SupplyParameterFromForm] private string? Meeting { get; set; }
    [SupplyParameterFromForm] private string? Supersedes { get; set; }
    [SupplyParameterFromForm] private string? Confirmed { get; set; }

    private PolicyView? _view;
    private List<PolicyVersion> _versions = [];
    private List<PolicyCheck> _checks = [];
    private List<CommentView> _comments = [];
    private List<PublicComment> _ofPublic = [];
    private List<Organisation> _units = [];
    private List<PolicyView> _others = [];
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<Transition> _moves = [];
    private IReadOnlyList<string> _numbers = [];
    private IReadOnlyList<string> _numbersSaid = [];
    private DateOnly? _publishBy;
    private bool _edits;
    private bool _writes;
    private bool _answersMany;

    protected override async Task ReadAsync()
    {
        PolicyReading reading = Services.GetRequiredService<PolicyReading>();
        PolicyView view = await reading.FindAsync(Id);
        _versions = await reading.VersionsAsync(Id);
        _checks = await reading.ChecksAsync(Id);
        _comments = await reading.CommentsAsync(Id);
        _ofPublic = await reading.OfPublicAsync(Id);
        _steps = await reading.StepsAsync(view.Row);
        _numbers = PlainText.PersonalNumbers([_versions[^1].Title, _versions[^1].Text]);
        _numbersSaid = PlainText.PersonalNumbers(_ofPublic.Where(one => one.Ordinal == view.Row.Ordinal).SelectMany(one => new[] { one.Text, one.Answer }));
        CaseDesk cases = Services.GetRequiredService<CaseDesk>();
        _moves = [.. cases.Lawful(await cases.ReadAsync(view.Row.CaseId))
            .Where(move => move.Action switch
            {
                PolicyProcedure.Keep => view.Row.IssuedOrdinal > 0,
                PolicyProcedure.Consult or PolicyProcedure.Issue => view.Row.IssuedOrdinal != view.Row.Ordinal,
                PolicyProcedure.Drop => view.Row.IssuedOrdinal == 0,
                _ => true,
            }).OrderBy(move => move.GoesBack)];
        _edits = Current.Actor.Is(BulletinsModule.Editor);
        _answersMany = _edits && view.Stage == PolicyProcedure.Consulting && _ofPublic.Count(one => one.Outcome.Length == 0) > 1;
        _writes = _edits && view.Stage is PolicyProcedure.Drafting or PolicyProcedure.Concluded;
        if (_moves.Any(move => move.Action == PolicyProcedure.Consult))
        {
            string[] kinds = [OrganisationKind.Department, OrganisationKind.District, OrganisationKind.Park];
            _units = await Db.Set<Organisation>().AsNoTracking().Where(row => kinds.Contains(row.Kind) && row.ClosedOn == null).OrderBy(row => row.Code).Take(300).ToListAsync();
        }

        if (_moves.Any(move => move.Action == PolicyProcedure.Issue))
        {
            _others = [.. (await reading.StandingAsync(Services.GetRequiredService<TimeProvider>().Today())).Where(one => one.Row.Id != Id)];
        }

        if (view.Stage == PolicyProcedure.Issued)
        {
            WorkCalendar calendar = await Services.GetRequiredService<CalendarBook>().CurrentAsync();
            _publishBy = calendar.AddWorkdays(view.Since.LegalDay(), PolicyProcedure.PublishWorkdays).DueOn;
        }

        _view = view;
    }

    internal static Tone ToneOf(string stage) => stage switch
    {
        PolicyProcedure.InForce => Tone.Green,
        PolicyProcedure.Expired or PolicyProcedure.Revoked or PolicyProcedure.Dropped => Tone.Grey,
        PolicyProcedure.Reviewing or PolicyProcedure.Issued or PolicyProcedure.Evaluating or PolicyProcedure.Evaluated => Tone.Amber,
        _ => Tone.Accent,
    };

    internal static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    private Task MoveAsync(string action) => DoAsync(() => Services.GetRequiredService<PolicyMoves>().MoveAsync(Id, CaseVersion, new PolicyMove(
        action, Note, Units, Read(Until), AsksPublic == "true", Number, Meeting, Read(From),
        long.TryParse(Supersedes, CultureInfo.InvariantCulture, out long other) ? other : null, Confirmed == "true")), "policy-moved");

    private Task RewriteAsync() => DoAsync(() => Services.GetRequiredService<PolicyDesk>().RewriteAsync(Id, Title, Text, Version), "policy-kept");

    private Task CheckAsync() => DoAsync(() => Services.GetRequiredService<PolicyDesk>().CheckAsync(Id, new CheckText(Kind, Finding, By, Opinion, null, Version)), "policy-checked");

    private Task AnswerAsync(CommentView one) => DoAsync(() => Services.GetRequiredService<Consultation>().MoveAsync(one.Row.Id, CaseVersion, Verdict, Answer), "comment-answered");

    private Task AnswerPublicAsync(PublicComment one) => DoAsync(() =>
        Services.GetRequiredService<Consultation>().AnswerAsync(Id, new Dictionary<long, long> { [one.Id] = Version }, Verdict, Answer), "comment-answered");

    /// <summary>Each chosen comment is posted as its id and the version that the page showed.</summary>
    private Task AnswerChosenAsync() => DoAsync(() => Services.GetRequiredService<Consultation>().AnswerAsync(Id, (Chosen ?? []).Select(one => one.Split(':'))
        .Where(pair => pair.Length == 2).Select(pair => (Comment: ReadId(pair[0]), Seen: ReadId(pair[1]))).DistinctBy(pair => pair.Comment)
        .ToDictionary(pair => pair.Comment, pair => pair.Seen), Verdict, Answer), "comment-answered");

    private static long ReadId(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out long id) ? id : 0;

    private Task DoAsync(Func<Task> act, string done) => TryAsync(
        async () =>
        {
            await act();
            await Db.SaveChangesAsync();
        },
        BulletinsModule.Place("policies", Id), done);

    private static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
