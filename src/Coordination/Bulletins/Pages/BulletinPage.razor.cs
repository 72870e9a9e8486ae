using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Coordination.Bulletins.Pages;

/// <summary>One bulletin: its pieces, where it stands, what may be done with it.</summary>
public sealed partial class BulletinPage
{
    [Parameter] public long Id { get; set; }

    [Inject] private IServiceProvider Services { get; set; } = null!;
    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private long CaseVersion { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private string? Confirmed { get; set; }
    [SupplyParameterFromForm] private string? Title { get; set; }
    [SupplyParameterFromForm] private string? Sensitivity { get; set; }
    [SupplyParameterFromForm] private string? Heading { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? Credit { get; set; }
    [SupplyParameterFromForm] private int? Ordinal { get; set; }
    [SupplyParameterFromForm] private string[]? Chosen { get; set; }

    private BulletinView? _view;
    private IReadOnlyList<BulletinItem> _items = [];
    private IReadOnlyList<ContributionView> _contributions = [];
    private IReadOnlyList<StepLine> _steps = [];
    private IReadOnlyList<Transition> _moves = [];
    private IReadOnlyList<string> _numbers = [];
    private bool _writes;

    private string Here => BulletinsModule.Place("bulletins", Id);

    private BulletinDesk Desk => Services.GetRequiredService<BulletinDesk>();

    protected override async Task ReadAsync()
    {
        BulletinsReading reading = Services.GetRequiredService<BulletinsReading>();
        BulletinView view = await reading.BulletinAsync(Id);
        _items = await reading.ItemsAsync(Id, view.Row.Edition);
        _steps = await reading.StepsAsync(view.Row.CaseId, view.Row.OrganisationId);
        _numbers = PlainText.PersonalNumbers(_items.SelectMany(item => new[] { item.Heading, item.Text }));
        CaseDesk cases = Services.GetRequiredService<CaseDesk>();
        _moves = [.. cases.Lawful(await cases.ReadAsync(view.Row.CaseId)).OrderBy(move => move.GoesBack)];
        _writes = Current.Actor.Is(BulletinsModule.Editor) && view.Stage is BulletinProcedure.Editing or BulletinProcedure.Correcting;
        if (_writes)
        {
            _contributions = await reading.ContributionsAsync(ContributionProcedure.Submitted, null, null);
        }

        _view = view;
    }

    internal static Tone ToneOf(string stage) => stage switch
    {
        BulletinProcedure.Published => Tone.Green,
        BulletinProcedure.Withdrawn or BulletinProcedure.Dropped => Tone.Grey,
        BulletinProcedure.Reviewing or BulletinProcedure.Rechecking => Tone.Amber,
        _ => Tone.Accent,
    };

    private Task MoveAsync(string action) => DoAsync(() => Services.GetRequiredService<BulletinMoves>().MoveAsync(Id, CaseVersion, action, Note, Confirmed == "true"), "bulletin-moved");

    private Task TakeAsync() => DoAsync(
        () => Desk.TakeAsync(Id, [.. (Chosen ?? []).Select(id => long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out long one) ? one : 0)], Version), "bulletin-written");

    private Task WriteAsync(long? item) => DoAsync(() => Desk.WriteAsync(Id, new ItemText(item, Heading, Text, Credit, Ordinal, Version)), "bulletin-written");

    private Task RemoveAsync(long item) => DoAsync(() => Desk.RemoveAsync(Id, item, Version), "bulletin-written");

    private Task RenameAsync() => DoAsync(() => Desk.RenameAsync(Id, Title, Sensitivity, Version), "bulletin-written");

    private Task DoAsync(Func<Task> act, string done) => TryAsync(
        async () =>
        {
            await act();
            await Db.SaveChangesAsync();
        },
        Here, done);
}
