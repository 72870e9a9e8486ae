using System.Globalization;
using Lodestone.Kernel;
using Lodestone.Kernel.Documents;
using Lodestone.Kernel.Organisations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Advice.Pages;

/// <summary>The committee: its experts with what ties them, its charter, its sessions.</summary>
public sealed partial class ExpertsPage
{
    [SupplyParameterFromForm] private string? Committee { get; set; }
    [SupplyParameterFromForm] private string? UserName { get; set; }
    [SupplyParameterFromForm] private string? Employer { get; set; }
    [SupplyParameterFromForm] private string? EmployerCode { get; set; }
    [SupplyParameterFromForm] private string? Fields { get; set; }
    [SupplyParameterFromForm] private string? Starts { get; set; }
    [SupplyParameterFromForm] private string? Ends { get; set; }
    [SupplyParameterFromForm] private string? ExpertId { get; set; }
    [SupplyParameterFromForm] private string? With { get; set; }
    [SupplyParameterFromForm] private string? Kind { get; set; }
    [SupplyParameterFromForm] private string? Text { get; set; }
    [SupplyParameterFromForm] private string? Title { get; set; }
    [SupplyParameterFromForm] private string? Place { get; set; }
    [SupplyParameterFromForm] private string? Note { get; set; }
    [SupplyParameterFromForm] private long Version { get; set; }
    [SupplyParameterFromForm] private IFormFile? Sheet { get; set; }

    [SupplyParameterFromQuery] private long? After { get; set; }

    private List<Expert> _experts = [];
    private Manning _manning = new(0, 0, 0, null);
    private List<Charter> _charters = [];
    private List<SessionView> _sessions = [];
    private List<Organisation> _committees = [];
    private List<Organisation> _organisations = [];
    private ILookup<long, ExpertConflict> _ties = Array.Empty<ExpertConflict>().ToLookup(row => row.ExpertId);
    private Dictionary<long, string> _codes = [];
    private RosterReport? _report;
    private bool _office;

    protected override async Task ReadAsync()
    {
        _office = Current.Actor.Is(AdviceModule.Office);
        _experts = await Reading.ExpertsAsync(After);
        _manning = await Reading.ManningAsync();
        _ties = (await Reading.TiesAsync()).ToLookup(row => row.ExpertId);
        _charters = await Reading.ChartersAsync();
        _sessions = await Reading.SessionsAsync();
        if (_office)
        {
            _organisations = await Db.Set<Organisation>().AsNoTracking().Where(row => row.ClosedOn == null && row.Kind != OrganisationKind.Platform && row.Kind != OrganisationKind.City)
                .OrderBy(row => row.Code).Take(500).ToListAsync();
            long[] houses = [.. _experts.Select(row => row.EmployerId).OfType<long>().Distinct()];
            _codes = await Db.Set<Organisation>().Where(row => houses.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Code);
            _committees = [.. _organisations.Where(row => row.Kind == OrganisationKind.Committee)];
        }
    }

    private Task AddAsync() => DoAsync(() => Book.AddAsync(new ExpertText(Committee, UserName, Employer, EmployerCode, Fields, Read(Starts), Read(Ends))));

    private Task TieAsync() => DoAsync(() => Book.TieAsync(long.TryParse(ExpertId, CultureInfo.InvariantCulture, out long id) ? id : 0, new ConflictText(With, Kind, Read(Starts), Read(Ends), Note)));

    private Task ReviseAsync(long id) => DoAsync(() => Book.ReviseAsync(id, Version, new ExpertText(null, null, Employer, EmployerCode, Fields, Read(Starts), Read(Ends))));

    private Task EndTieAsync(ExpertConflict tie) => DoAsync(() => Book.EndTieAsync(tie.Id, Read(Ends)));

    private Task AdoptAsync() => DoAsync(() => Book.AdoptAsync(Committee, Text, Read(Starts), Read(Ends)));

    private Task PlanAsync() => DoAsync(() => Book.PlanAsync(Committee, Title, Read(Starts), Place));

    private Task MoveAsync(SessionView one, string action) => DoAsync(() => Book.MoveSessionAsync(one.Row.Id, one.CaseVersion, action, Note));

    private Task<bool> TakeAsync() => TryAsync(async () =>
    {
        IFormFile file = Sheet ?? throw new Refusal("workbook.missing");
        WorkbookSafety.RequireSize(file.Length);
        await using Stream content = file.OpenReadStream();
        RosterReport report = await Import.TakeAsync(content);
        await Db.SaveChangesAsync();
        Db.ChangeTracker.Clear();
        await ReadAsync();
        _report = report;
    });

    private Task DoAsync(Func<Task> act) => TryAsync(
        async () =>
        {
            await act();
            await Db.SaveChangesAsync();
        },
        "/advice/experts", "committee-kept");

    private static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
