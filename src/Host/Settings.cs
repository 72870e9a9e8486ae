using System.Globalization;
using Lodestone.Kernel.Data;
using Lodestone.Kernel.Notices;

namespace Lodestone.Host;

/// <summary>What the command line and the environment say: <c>--port</c>, <c>--data</c>, <c>--database</c>, <c>--empty</c>, <c>--urls</c>.</summary>
internal sealed record Settings(string DataFolder, string? Server, string Urls, bool Empty, string Synchronous, IReadOnlyList<string> Rest)
{
    /// <summary>What leaves by itself; only the environment says it, because a command line is seen by everybody on the machine.</summary>
    public DigestSettings Digests { get; init; } = new();

    /// <exception cref="FormatException">An option without its value, or a port that is none, or a variable that says nothing.</exception>
    public static Settings Read(IEnumerable<string> arguments, Func<string, string?> environment)
    {
        string data = environment("LODESTONE_DATA") ?? "data";
        string? server = environment("LODESTONE_DATABASE");
        string urls = "http://127.0.0.1:5080";
        string synchronous = environment("LODESTONE_SQLITE_SYNCHRONOUS") == "normal" ? "NORMAL" : "FULL";
        bool empty = false;
        var rest = new List<string>();
        using IEnumerator<string> words = arguments.GetEnumerator();
        while (words.MoveNext())
        {
            string option = words.Current;
            switch (option)
            {
                case "--data":
                    data = Value();
                    break;
                case "--database":
                    server = Value();
                    break;
                case "--port":
                    urls = int.TryParse(Value(), CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
                        ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
                        : throw new FormatException("--port 1-65535");
                    break;
                case "--urls":
                    urls = Value();
                    break;
                case "--empty":
                    empty = true;
                    break;
                default:
                    rest.Add(option);
                    break;
            }

            string Value() => words.MoveNext() ? words.Current : throw new FormatException($"{option} …");
        }

        return new Settings(Path.GetFullPath(data), string.IsNullOrWhiteSpace(server) ? null : server, urls, empty, synchronous, rest)
        {
            Digests = Outbound.Read(environment),
        };
    }

    public Database OpenDatabase() =>
        Server is null ? Database.OfFile(Path.Combine(DataFolder, "lodestone.db"), Synchronous) : Database.OfServer(Server);
}
