using Lodestone.Kernel;
using Lodestone.Kernel.Web;

namespace Lodestone.Coordination.Statistics;

/// <summary>A cell that stands in the way, for the reader.</summary>
internal sealed record CellProblem(string Indicator, string Code, string Message);

/// <summary>What a return must be before its reporter hands it on.</summary>
internal sealed class SubmissionGate(ReturnReading reading, SigningDesk signing, Words words)
{
    /// <param name="written">Values that this command is about to write.</param>
    /// <param name="explained">Explanations that this command is about to write.</param>
    /// <param name="submits">False when it is signed and stays in the unit.</param>
    /// <exception cref="Refusal">
    /// <c>return.correction-empty</c>; <c>return.check-failed</c> and <c>return.explanation-missing</c> with the cells; <c>return.scan-missing</c>
    /// </exception>
    public async Task RequireAsync(
        ReturnFile file, IReadOnlyDictionary<long, long> written, IReadOnlyDictionary<long, string> explained, bool submits, CancellationToken cancel = default)
    {
        if (file.OpenIndicator is { } open && !written.ContainsKey(open)
            && (await reading.NewestAsync(file, cancel)).GetValueOrDefault(open)?.CaseId != file.Case!.Id)
        {
            throw new Refusal("return.correction-empty");
        }

        IReadOnlyList<CellFinding> findings = await reading.CheckAsync(file, written, explained, cancel);
        CellFinding[] hard = [.. findings.Where(finding => finding.Severity == CellFinding.Hard)];
        if (hard.Length > 0)
        {
            throw Refuse("return.check-failed", hard);
        }

        // A blank cell is for the reviewers to see; it blocks nothing.
        CellFinding[] unexplained = [.. findings.Where(finding => finding is { Code: CellCheck.Change, Explained: false })];
        if (unexplained.Length > 0)
        {
            throw Refuse("return.explanation-missing", unexplained);
        }

        if (submits && file.Correction is null)
        {
            await signing.RequireScanAsync(file, cancel);
        }
    }

    private Refusal Refuse(string code, CellFinding[] findings) => new(code, 422, findings.Length)
    {
        Details =
        {
            ["cells"] = findings.Select(finding => new CellProblem(finding.Indicator, finding.Code, words.Say(finding.Code, finding.Figures))).ToList(),
        },
    };
}
