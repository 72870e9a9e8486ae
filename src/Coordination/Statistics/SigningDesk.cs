using Lodestone.Kernel;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Evidence;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Indicators;
using Lodestone.Kernel.Procedures;
using Microsoft.EntityFrameworkCore;

namespace Lodestone.Coordination.Statistics;

/// <summary>A line on the page that is signed.</summary>
/// <param name="Role">Whose signature it is.</param>
/// <param name="Step">The step that signed it; null while it is missing.</param>
internal sealed record SignatureLine(string Role, StepLine? Step);

/// <summary>How far a return's signing has come.</summary>
/// <param name="Lines">In the order of signing; empty when the form asks for none.</param>
/// <param name="Scan">Of this signing; null while none is attached.</param>
internal sealed record SigningState(IReadOnlyList<SignatureLine> Lines, ReturnScan? Scan)
{
    public static SigningState None { get; } = new([], null);

    /// <summary>The step of the last of the three; null while one is missing.</summary>
    public long? SignedStep => Lines.Count > 0 && Lines[^1].Step is { } last ? last.Id : null;
}

/// <summary>The signatures of a return and the scan of the stamped page. Written by the next save.</summary>
internal sealed class SigningDesk(PlatformDb db, ReturnReading reading, EvidenceStore evidence, Ids ids, TimeProvider clock)
{
    /// <summary>A scan is a picture of paper.</summary>
    private static readonly string[] s_pictures = [".pdf", ".png", ".jpg", ".jpeg"];

    public async Task<SigningState> StateAsync(ReturnFile file, IReadOnlyList<StepLine> steps, CancellationToken cancel = default)
    {
        if (file.Form.Signing == FormSigning.None)
        {
            return SigningState.None;
        }

        SignatureLine[] lines = Lines(steps);
        SigningState state = new(lines, null);
        return state.SignedStep is { } signed && file.Return is { } begun ? state with { Scan = await ScanAsync(begun, signed, cancel) } : state;
    }

    /// <exception cref="Refusal"><c>access.role</c>, <c>return.scan-early</c>, <c>return.scan-kind</c>, and those of <see cref="EvidenceStore.AddAsync"/></exception>
    public async Task<ReturnScan> AttachAsync(ReturnFile file, string name, Stream content, CancellationToken cancel = default)
    {
        CellOwner owner = CellOwner.Of(db, file.Organisation);
        if (file.Stage != ReturnStage.Signed || await SignedStepAsync(file, cancel) is not { } signed)
        {
            throw new Refusal("return.scan-early");
        }

        if (!s_pictures.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        {
            throw new Refusal("return.scan-kind", 422, string.Join(' ', s_pictures));
        }

        EvidenceFile kept = await evidence.AddAsync(owner.Organisation.Id, name, content, file.Form.Sensitivity, cancel);
        var scan = new ReturnScan
        {
            Id = await ids.NextAsync(cancel),
            ReturnId = file.Return!.Id,
            OrganisationId = owner.Organisation.Id,
            SignedStep = signed,
            EvidenceId = kept.Id,
            AttachedBy = db.Actor.UserId,
            AttachedAt = clock.Instant(),
        };
        db.Add(scan);
        db.Audit("return.scan", new Subject(ReturnScan.SubjectKind, scan.Id), owner.Organisation.Id, scan.Id, null, kept.Sha256);
        return scan;
    }

    /// <summary>Of a form that asks for a stamp, nothing is submitted without the scan of what was signed.</summary>
    /// <exception cref="Refusal"><c>return.scan-missing</c></exception>
    public async Task RequireScanAsync(ReturnFile file, CancellationToken cancel = default)
    {
        if (file.Form.Signing == FormSigning.Stamped
            && (await SignedStepAsync(file, cancel) is not { } signed || await ScanAsync(file.Return!, signed, cancel) is null))
        {
            throw new Refusal("return.scan-missing");
        }
    }

    /// <summary>
    /// What stands on paper, in 16 hexadecimal digits: a printed page whose code differs from the platform's was printed before a change.
    /// </summary>
    public static string CodeOf(ReturnFile file, IEnumerable<SheetRow> rows)
    {
        const int Shown = 16;
        return CanonicalJson.Sha256Hex(new
        {
            form = file.Form.Code,
            organisation = file.Organisation.Code,
            period = file.Period.ToString(),
            cells = rows.Select(row => new { indicator = row.Indicator.Code, value = row.Newest?.Value }).ToArray(),
        })[..Shown];
    }

    private static SignatureLine[] Lines(IReadOnlyList<StepLine> steps)
    {
        // A return that was given back is signed anew from the first signature on.
        StepLine[] made = [.. steps.Skip(steps.ToList().FindLastIndex(step => step.To == ReturnStage.Draft) + 1).Where(step => step.Action == ReturnAction.Sign)];
        string[] roles = [Role.Reporter, StatisticsModule.StatisticsHead, StatisticsModule.UnitHead];
        return [.. roles.Select((role, index) => new SignatureLine(role, made.FirstOrDefault(step => step.To == ReturnStage.Signatures[index])))];
    }

    private async Task<long?> SignedStepAsync(ReturnFile file, CancellationToken cancel) => new SigningState(Lines(await reading.StepsAsync(file, cancel)), null).SignedStep;

    private Task<ReturnScan?> ScanAsync(Return begun, long signed, CancellationToken cancel) => db.Set<ReturnScan>().AsNoTracking()
        .Where(row => row.ReturnId == begun.Id && row.OrganisationId == begun.OrganisationId && row.SignedStep == signed)
        .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel);
}
