namespace Lodestone.Kernel;

/// <summary>
/// A lawful "no". Carries a stable code (<c>case.wrong-stage</c>), the HTTP status and the figures for the sentence, which
/// lives in the resource file of the module that owns the code.
/// </summary>
public sealed class Refusal : Exception
{
    /// <param name="code">Stable code; also the key of the sentence.</param>
    /// <param name="status">HTTP status, 422 unless the contract says otherwise.</param>
    /// <param name="figures">Fill the numbered places of the sentence.</param>
    public Refusal(string code, int status = 422, params object[] figures)
        : base(code)
    {
        Code = code;
        Status = status;
        Figures = figures;
    }

    public string Code { get; }

    public int Status { get; }

    public IReadOnlyList<object> Figures { get; }

    /// <summary>More members of the problem document, such as the cells that stand in the way.</summary>
    public IDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>();

    /// <summary>The thing is not there, or not the reader's to see: the answer is the same.</summary>
    public static Refusal NotFound() => new("request.not-found", 404);

    /// <summary>Somebody moved first; the caller reads again and decides again.</summary>
    public static Refusal Stale() => new("request.stale", 409);

    public static Refusal Role() => new("access.role", 403);
}
