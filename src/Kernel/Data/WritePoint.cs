using System.Diagnostics;

namespace Lodestone.Kernel.Data;

/// <summary>
/// Announces each point where a transaction is about to write, on the diagnostic source <c>Lodestone.Data</c>. Tracing listens
/// to it; so does the fault run that kills the process there.
/// </summary>
internal static class WritePoint
{
    private static readonly DiagnosticListener s_source = new("Lodestone.Data");

    public static void Reached(string kind)
    {
        if (s_source.IsEnabled("write"))
        {
            s_source.Write("write", kind);
        }
    }
}
