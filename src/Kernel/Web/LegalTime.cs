using System.Globalization;
using Lodestone.Kernel.Data;

namespace Lodestone.Kernel.Web;

/// <summary>Instants as pages write them.</summary>
public static class LegalTime
{
    /// <summary>Date and minute by the legal day: <c>2026-10-19 09:20</c>.</summary>
    public static string Local(this DateTimeOffset instant) => instant.ToOffset(Clock.LegalOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
