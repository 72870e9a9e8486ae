using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Lodestone.Kernel.Audit;

/// <summary>
/// <c>lodestone audit verify [--anchor POSITION:CHAIN]</c> prints each finding and exits 1 when there is one;
/// <c>lodestone audit seal</c> seals what waits and prints the last link, to be kept outside as an anchor.
/// </summary>
internal static class AuditCommand
{
    public static CommandLineVerb Verb { get; } = new("audit", "audit verify [--anchor POSITION:CHAIN] | audit seal", RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, string[] arguments)
    {
        switch (arguments)
        {
            case ["verify"]:
                return await VerifyAsync(services, null);
            case ["verify", "--anchor", { } text] when Anchor(text) is { } anchor:
                return await VerifyAsync(services, anchor);
            case ["seal"]:
                while (await services.GetRequiredService<AuditSealer>().SealAsync() > 0)
                {
                }

                AuditReport report = await services.GetRequiredService<AuditVerifier>().VerifyAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Sealed}:{report.LastChain}"));
                return 0;
            default:
                Console.Error.WriteLine(Verb.Usage);
                return 2;
        }
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, (long, string)? anchor)
    {
        AuditReport report = await services.GetRequiredService<AuditVerifier>().VerifyAsync(anchor);
        foreach (AuditFinding finding in report.Findings)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{finding.Code} record={finding.RecordId?.ToString(CultureInfo.InvariantCulture) ?? "-"} position={finding.Position?.ToString(CultureInfo.InvariantCulture) ?? "-"}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(report.Sound ? "sound" : "BROKEN")}: {report.Records} records, {report.Sealed} sealed, {report.Waiting} waiting, {report.Findings.Count} findings"));
        return report.Sound ? 0 : 1;
    }

    private static (long, string)? Anchor(string text) =>
        text.Split(':') is [var position, { Length: 64 } chain] && long.TryParse(position, CultureInfo.InvariantCulture, out long number)
            ? (number, chain)
            : null;
}
