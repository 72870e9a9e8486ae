using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Statistics;

/// <summary>What an import's values are.</summary>
internal static class ImportKind
{
    /// <summary>Values of ended years from a published or archived source; it stands in place of the approvals.</summary>
    public const string History = "history";

    /// <summary>The importer's own returns, which then take their three levels.</summary>
    public const string Return = "return";

    public static IReadOnlyList<string> All { get; } = [History, Return];
}

/// <summary>Where things stand in a sheet of somebody's layout, kept by the organisation that gets such sheets.</summary>
internal sealed class ImportMapping : IOwned
{
    public const string SubjectKind = "import-mapping";

    public long Id { get; internal set; }

    public long OrganisationId { get; internal set; }

    public string Code { get; internal set; } = "";

    public string Name { get; internal set; } = "";

    /// <summary>The <see cref="ImportLayout"/> as JSON.</summary>
    public string Layout { get; internal set; } = "";

    public int Version { get; internal set; }

    public DateTimeOffset SavedAt { get; internal set; }
}

/// <summary>
/// A file that was checked and perhaps stored: what it was, how it was read, what became of it. Checking writes no value; storing reads
/// the kept file again.
/// </summary>
internal sealed class Import : IOwned
{
    public const string SubjectKind = "import";
    public const int LongestSource = 500;

    public long Id { get; internal set; }

    /// <summary>The importer's organisation.</summary>
    public long OrganisationId { get; internal set; }

    /// <summary>A word of <see cref="ImportKind"/>.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>The layout as it stood: a mapping that changes later changes no import.</summary>
    public string Layout { get; internal set; } = "";

    /// <summary>Of a history: the yearbook and page, the archive and number.</summary>
    public string Source { get; internal set; } = "";

    public string? Encoding { get; internal set; }

    public string FileName { get; internal set; } = "";

    /// <summary>The file as it came.</summary>
    public long EvidenceId { get; internal set; }

    /// <summary>The refused rows with their reasons; null when there are none.</summary>
    public long? RefusedId { get; internal set; }

    public int SheetRows { get; internal set; }

    public int FreshCells { get; internal set; }

    public int ChangedCells { get; internal set; }

    public int SameCells { get; internal set; }

    public int RefusedRows { get; internal set; }

    /// <summary>The first refused rows as JSON of <see cref="RefusedRow"/>; all of them are in the workbook.</summary>
    public string FirstRefusals { get; internal set; } = "[]";

    public DateTimeOffset CheckedAt { get; internal set; }

    public long CheckedBy { get; internal set; }

    /// <summary>Null until its values are stored. Of two who store at once the later is refused as stale.</summary>
    public DateTimeOffset? StoredAt { get; internal set; }

    public DateTimeOffset? WithdrawnAt { get; internal set; }
}

/// <summary>The values of one unit and ended year that an import stored: one case, one approval.</summary>
internal sealed class HistoryYear : IOwned
{
    /// <summary>Kind of the subject that its case names.</summary>
    public const string SubjectKind = "history";

    public long Id { get; internal set; }

    public long ImportId { get; internal set; }

    public long OrganisationId { get; internal set; }

    public int Year { get; internal set; }

    public long CaseId { get; internal set; }
}
