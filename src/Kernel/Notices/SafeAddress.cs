using System.Net;
using System.Net.Sockets;

namespace Lodestone.Kernel.Notices;

/// <summary>Keeps a webhook from being a way into the inner network: what it may name, and what its name may stand for.</summary>
internal static class SafeAddress
{
    /// <summary>Ranges that are nobody's in the public network (RFC 6890 and the registries it names).</summary>
    private static readonly IPNetwork[] s_private =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(range => IPNetwork.Parse(range)),
    ];

    /// <exception cref="Refusal"><c>webhook.url</c>, <c>webhook.private</c></exception>
    public static Uri Require(string? url, bool allowPrivate)
    {
        if (!Uri.TryCreate(url?.Trim(), UriKind.Absolute, out Uri? address) || address.UserInfo.Length > 0 || address.Fragment.Length > 0
            || !(address.Scheme == Uri.UriSchemeHttps || (allowPrivate && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new Refusal("webhook.url");
        }

        return allowPrivate || !(address.IsLoopback || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out IPAddress? literal) && IsPrivate(literal)))
            ? address
            : throw new Refusal("webhook.private");
    }

    public static bool IsPrivate(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(s_private, range => range.BaseAddress.AddressFamily == plain.AddressFamily && range.Contains(plain));
    }

    /// <summary>
    /// Connects to an address that was looked at, not to a name that may stand for another one the next time it is asked.
    /// </summary>
    /// <exception cref="Refusal"><c>webhook.private</c></exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint place, bool allowPrivate, CancellationToken cancel)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(place.Host, cancel);
        if (!allowPrivate && addresses.Any(IsPrivate))
        {
            throw new Refusal("webhook.private");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, place.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
