namespace Lodestone.Coordination.Statistics;

/// <summary>How far a storing has come; read by the page while another task writes it.</summary>
internal sealed class ImportProgress : IProgress<int>
{
    public const string Reading = "reading";
    public const string Storing = "storing";

    private int _done;

    /// <summary><see cref="Reading"/>, then <see cref="Storing"/>.</summary>
    public string Phase { get; private set; } = Reading;

    /// <summary>Rows to read or values to store; 0 while it is not known.</summary>
    public int Of { get; private set; }

    public int Done => Volatile.Read(ref _done);

    /// <summary>0 to 1.</summary>
    public decimal Share => Of == 0 ? 0 : Math.Min(1m, (decimal)Done / Of);

    /// <summary>Why it ended without storing; null while it runs.</summary>
    public Kernel.Refusal? Refusal { get; set; }

    public void Begin(string phase, int of)
    {
        Volatile.Write(ref _done, 0);
        Of = of;
        Phase = phase;
    }

    public void Report(int value) => Volatile.Write(ref _done, value);
}
