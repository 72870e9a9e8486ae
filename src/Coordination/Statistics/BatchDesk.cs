using Lodestone.Kernel;
using Lodestone.Kernel.Calendar;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Statistics;

/// <summary>A return as somebody saw it.</summary>
internal sealed record SeenReturn(string? Form, string? Organisation, Period Period, long Version);

/// <param name="Code">Why it was not moved; null when it was.</param>
internal sealed record BatchLine(string Form, string Organisation, Period Period, string? Stage, long? Version, string? Code, string? Message);

/// <summary>
/// Makes one level's decision on several returns in one save. A return that cannot be moved stays where it is and says why; the others move.
/// </summary>
internal sealed class BatchDesk(PlatformDb db, ReturnReading reading, ReturnDesk desk, Words words)
{
    /// <summary>The forward move of whichever level the actor holds.</summary>
    public const string Pass = "pass";

    private const int Most = 200;

    private static readonly string[] s_actions = [Pass, ReturnAction.SendBack];

    /// <exception cref="Refusal"><c>case.unknown-action</c>, <c>batch.size</c>, <c>case.reason-missing</c></exception>
    public async Task<IReadOnlyList<BatchLine>> MoveAsync(
        string? action, string? note, IReadOnlyList<SeenReturn>? returns, CancellationToken cancel = default)
    {
        if (!s_actions.Contains(action))
        {
            throw new Refusal("case.unknown-action", 422, action ?? "");
        }

        if (returns is not { Count: > 0 and <= Most })
        {
            throw new Refusal("batch.size", 422, Most);
        }

        if (action == ReturnAction.SendBack && string.IsNullOrWhiteSpace(note))
        {
            throw new Refusal("case.reason-missing", 422, ReturnAction.SendBack);
        }

        var lines = new List<BatchLine>();
        foreach (SeenReturn seen in returns.DistinctBy(one => (one.Form, one.Organisation, one.Period)))
        {
            lines.Add(await MoveAsync(seen, action!, note, cancel));
        }

        return lines;
    }

    private async Task<BatchLine> MoveAsync(SeenReturn seen, string action, string? note, CancellationToken cancel)
    {
        (string form, string unit) = (seen.Form ?? "", seen.Organisation ?? "");
        try
        {
            ReturnFile file = await reading.FindAsync(form, unit, seen.Period, cancel);
            // A correction moves scores: it is decided by itself, with its preview before the eyes.
            CaseView moved = file.OpenIndicator is not null ? throw new Refusal("batch.correction")
                : await desk.MoveAsync(file, seen.Version, action == Pass ? Forward(file) : action, note, cancel);
            return new BatchLine(form, unit, seen.Period, moved.Stage, moved.Version, null, null);
        }
        catch (Refusal refusal)
        {
            return new BatchLine(form, unit, seen.Period, null, null, refusal.Code, words.Say(refusal));
        }
    }

    private string Forward(ReturnFile file) => file.Case is { } open
        ? open.Procedure.From(open.Stage).FirstOrDefault(move => !move.GoesBack && !move.Automatic && move.Seat == Seat.Above
            && db.Actor.May(move.Role, move.Seat, open.OrganisationPath) is not null)?.Action ?? throw Refusal.Role()
        : throw new Refusal("return.not-begun");
}
