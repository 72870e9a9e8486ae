namespace Lodestone.Services.Catalogue;

/// <summary>What an entry of a list says, as it is proposed and as each version keeps it. Days are working days.</summary>
/// <param name="List">One of <see cref="ListName"/>; only an entry of the service list is applied for.</param>
/// <param name="Kind">One of <see cref="ItemKind"/>.</param>
/// <param name="Basis">The law, regulation or order that it rests on.</param>
/// <param name="Content">What is done, owed, may be done or is charged.</param>
/// <param name="StatutoryDays">The limit of the law for deciding (Administrative Licensing Law, art. 42: twenty unless another law says otherwise).</param>
/// <param name="PromisedDays">The limit that the department promises; never more than the statutory one.</param>
/// <param name="Immediate">Decided on the spot when the materials are complete.</param>
/// <param name="CorrectDays">The applicant's time for correcting the materials.</param>
/// <param name="Parallel">Departments that give their opinions side by side.</param>
/// <param name="District">The district to which it is devolved; null when the city handles it.</param>
/// <param name="Before">How it was before the reform.</param>
internal sealed record EntryText(
    string? Code, string? Name, string? List, string? Kind = null, string? Basis = null, string? Content = null, int StatutoryDays = 0, int PromisedDays = 0,
    bool Immediate = false, int CorrectDays = 0, IReadOnlyList<string>? Steps = null, IReadOnlyList<MaterialText>? Materials = null,
    IReadOnlyList<SpecialText>? Specials = null, IReadOnlyList<ChargeText>? Charges = null, IReadOnlyList<UnitText>? Parallel = null, UnitText? District = null,
    ReformText? Before = null);

/// <summary>A material that an applicant brings, or that is fetched for him.</summary>
/// <param name="Grade">One of <see cref="MaterialGrade"/>.</param>
/// <param name="Gap">May be brought later, before the decision (容缺受理).</param>
/// <param name="Pledge">May be replaced by a written pledge (告知承诺).</param>
/// <param name="ValidMonths">How long a submitted one may be used again; null for good.</param>
internal sealed record MaterialText(string? Code, string? Name, string? Grade, bool Required = true, bool Gap = false, bool Pledge = false, int? ValidMonths = null);

/// <summary>A procedure whose time is not counted (Administrative Licensing Law, art. 45).</summary>
/// <param name="Kind">One of <see cref="SpecialKind"/>.</param>
/// <param name="Days">How many working days it is expected to take; the applicant is told.</param>
internal sealed record SpecialText(string? Kind, int Days);

/// <param name="Fen">The charge in fen.</param>
internal sealed record ChargeText(string? Name, long Fen, string? Basis);

/// <summary>A unit by its code.</summary>
/// <param name="Name">Written when the change is decided: readers of other branches do not see the unit itself.</param>
internal sealed record UnitText(string? Code, string? Name = null);

/// <summary>Steps, materials and working days before the reform.</summary>
internal sealed record ReformText(int Steps, int Materials, int Days);

/// <summary>The lists of the list system (清单制度).</summary>
internal static class ListName
{
    /// <summary>The items that are applied for (事项).</summary>
    public const string Service = "service";
    public const string Duty = "duty";
    public const string Power = "power";
    public const string Responsibility = "responsibility";
    public const string Charge = "charge";

    public static IReadOnlyList<string> All { get; } = [Service, Duty, Power, Responsibility, Charge];
}

internal static class ItemKind
{
    /// <summary>A licence (行政许可): the clocks of the Administrative Licensing Law bind it.</summary>
    public const string Licence = "licence";
    public const string PublicService = "public-service";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Licence, PublicService, Other];
}

internal static class MaterialGrade
{
    /// <summary>Issued by a government body and used directly.</summary>
    public const string Issued = "A";

    /// <summary>Verified at the window.</summary>
    public const string Verified = "B";

    /// <summary>Uploaded, its original checked.</summary>
    public const string Original = "C";

    /// <summary>Made by the applicant, who pledges that it is true.</summary>
    public const string SelfMade = "D";

    public static IReadOnlyList<string> All { get; } = [Issued, Verified, Original, SelfMade];
}

/// <summary>The procedures of art. 45 whose time is not counted.</summary>
internal static class SpecialKind
{
    public static IReadOnlyList<string> All { get; } = ["hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert-review"];
}
