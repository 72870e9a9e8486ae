using System.Net;
using System.Net.Sockets;
using Lodestone.Kernel;
using Lodestone.Kernel.Data;

namespace Lodestone.Coordination.Bulletins;

/// <summary>
/// How often one address may comment one draft. Kept in memory: a restart forgets it, and each node counts for itself. It grows no further than the
/// comments that were taken, of which a draft has at most <see cref="Consultation.MostOfPublic"/>.
/// </summary>
internal sealed class CommentRate(TimeProvider clock)
{
    public const int MostAnHour = 5;

    private const int MostKept = 1000;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Address, long Policy), Queue<DateTimeOffset>> _taken = [];

    /// <summary>Counts one more comment.</summary>
    /// <exception cref="Refusal"><c>policy.comment-often</c></exception>
    public void Take(string address, long policy)
    {
        DateTimeOffset now = clock.Instant();
        lock (_gate)
        {
            if (_taken.Count >= MostKept)
            {
                foreach ((string, long) old in _taken.Where(one => one.Value.All(at => at + s_hour <= now)).Select(one => one.Key).ToArray())
                {
                    _taken.Remove(old);
                }
            }

            if (!_taken.TryGetValue((address, policy), out Queue<DateTimeOffset>? times))
            {
                _taken[(address, policy)] = times = new Queue<DateTimeOffset>(MostAnHour);
            }

            while (times.TryPeek(out DateTimeOffset first) && first + s_hour <= now)
            {
                times.Dequeue();
            }

            if (times.Count >= MostAnHour)
            {
                throw new Refusal("policy.comment-often", 429, MostAnHour);
            }

            times.Enqueue(now);
        }
    }

    /// <summary>Whose address it is, as far as it can be told: a household has a whole /64 of IPv6.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
