using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Organisations;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

internal static class FormEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/forms", CreateAsync).ForRoles(Role.SystemAdmin);
        routes.MapGet("/api/forms", ListAsync).ForSignedIn();
        routes.MapGet("/api/forms/{code}", ReadAsync).ForSignedIn();
    }

    /// <param name="Reporters">Those within the reader's scope.</param>
    internal sealed record FormView(
        string Code, string Name, string DocumentNumber, string Authority, string ApprovalNumber, DateOnly ValidUntil, string Frequency,
        int DueWorkdays, string Signing, int? ClosesAfterWorkdays, IReadOnlyList<string> Indicators, IReadOnlyList<string> Reporters, IReadOnlyList<string> Identities,
        string Sensitivity);

    private static async Task<Ok<FormView>> CreateAsync(FormRequest body, FormBook book, PlatformDb db, CancellationToken cancel)
    {
        Form form = await book.AddAsync(body, cancel);
        return TypedResults.Ok(await db.CommitAsync(View(form, body.Indicators!, body.Reporters!), cancel));
    }

    private static async Task<Ok<List<FormView>>> ListAsync(PlatformDb db, string? after, CancellationToken cancel)
    {
        List<Form> forms = await db.Set<Form>().AsNoTracking().Where(row => after == null || string.Compare(row.Code, after) > 0)
            .OrderBy(row => row.Code).Take(100).ToListAsync(cancel);
        return TypedResults.Ok(await ViewsAsync(db, forms, cancel));
    }

    private static async Task<Ok<FormView>> ReadAsync(string code, PlatformDb db, CancellationToken cancel)
    {
        Form form = await db.Set<Form>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code, cancel) ?? throw Refusal.NotFound();
        return TypedResults.Ok((await ViewsAsync(db, [form], cancel))[0]);
    }

    private static async Task<List<FormView>> ViewsAsync(PlatformDb db, List<Form> forms, CancellationToken cancel)
    {
        long[] ids = [.. forms.Select(row => row.Id)];
        var lines = (await (
            from line in db.Set<FormIndicator>()
            join indicator in db.Set<Indicator>() on line.IndicatorId equals indicator.Id
            where ids.Contains(line.FormId)
            orderby line.Line
            select new { line.FormId, indicator.Code }).ToListAsync(cancel)).ToLookup(row => row.FormId, row => row.Code);
        var reporters = (await (
            from reporter in db.Set<FormReporter>()
            join organisation in db.Set<Organisation>() on reporter.OrganisationId equals organisation.Id
            where ids.Contains(reporter.FormId)
            orderby organisation.Code
            select new { reporter.FormId, organisation.Code }).ToListAsync(cancel)).ToLookup(row => row.FormId, row => row.Code);
        return forms.ConvertAll(form => View(form, [.. lines[form.Id]], [.. reporters[form.Id]]));
    }

    private static FormView View(Form form, IReadOnlyList<string> indicators, IReadOnlyList<string> reporters) => new(
        form.Code, form.Name, form.DocumentNumber, form.Authority, form.ApprovalNumber, form.ValidUntil, FormBook.FrequencyWord(form.Frequency),
        form.DueWorkdays, form.Signing, form.ClosesAfterWorkdays, indicators, reporters, form.Identities.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        form.Sensitivity);
}
