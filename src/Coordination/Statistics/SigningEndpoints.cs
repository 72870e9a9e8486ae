using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lodestone.Coordination.Statistics;

internal static class SigningEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/returns/{form}/{organisation}/{period}/signatures", ReadAsync).ForBusiness();
        // The bearer token, not a cookie, authenticates this form, so there is nothing to forge.
        routes.MapPost("/api/returns/{form}/{organisation}/{period}/scan", AttachAsync).ForRoles(Role.Reporter).DisableAntiforgery();
    }

    internal sealed record SignatureView(string Role, string? By, DateTimeOffset? At);

    /// <param name="Scan">Id of the evidence file; null while none is attached.</param>
    internal sealed record SigningView(string Asked, string Code, IReadOnlyList<SignatureView> Signatures, long? Scan);

    internal sealed record Attached(long Id, long Evidence);

    private static async Task<Ok<SigningView>> ReadAsync(
        string form, string organisation, Period period, ReturnReading reading, SigningDesk desk, Words words, CancellationToken cancel)
    {
        ReturnFile file = await reading.FindAsync(form, organisation, period, cancel);
        ReturnSheet sheet = await ReturnSheet.ReadAsync(reading, file, new Dictionary<long, long>(), new Dictionary<long, string>(), cancel);
        SigningState state = await desk.StateAsync(file, sheet.Steps, cancel);
        return TypedResults.Ok(new SigningView(file.Form.Signing, SigningDesk.CodeOf(file, sheet.Rows),
        [
            .. state.Lines.Select(line => new SignatureView(line.Role, line.Step is { } step ? ReturnEndpoints.Names(step, words) : null, line.Step?.At)),
        ], state.Scan?.EvidenceId));
    }

    private static async Task<Ok<Attached>> AttachAsync(
        string form, string organisation, Period period, IFormFile file, ReturnReading reading, SigningDesk desk, PlatformDb db, CancellationToken cancel)
    {
        ReturnFile found = await reading.FindAsync(form, organisation, period, cancel);
        await using Stream content = file.OpenReadStream();
        ReturnScan scan = await desk.AttachAsync(found, file.FileName, content, cancel);
        return TypedResults.Ok(await db.CommitAsync(new Attached(scan.Id, scan.EvidenceId), cancel));
    }
}
