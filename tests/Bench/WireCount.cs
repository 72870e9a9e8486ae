using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Lodestone.Bench;

/// <summary>
/// Stands between a client and PostgreSQL and counts what the client sends: statements run (Execute and simple Query) and round
/// trips (times the client spoke after the server had). Figures that no load on the machine can move.
/// </summary>
internal sealed class WireCount : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _server;
    private readonly Task _accepting;
    private long _statements;
    private long _trips;

    public WireCount(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public (long Statements, long Trips) Read() => (Interlocked.Read(ref _statements), Interlocked.Read(ref _trips));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient server = new() { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _server, _closing.Token);
            var wire = new Wire(this);
            await Task.WhenAny(
                PumpAsync(client.GetStream(), server.GetStream(), wire.Sent),
                PumpAsync(server.GetStream(), client.GetStream(), wire.Answered));
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> seen)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, _closing.Token)) > 0)
            {
                seen(buffer.AsMemory(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read), _closing.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One side has left; the other follows.
        }
    }

    /// <summary>One connection's messages: a type and a length that counts itself; the first message has no type.</summary>
    private sealed class Wire(WireCount count)
    {
        private readonly byte[] _head = new byte[5];
        private int _headRead;
        private int _bodyLeft;
        private bool _started;
        private volatile bool _serverSpoke = true;

        public void Answered(ReadOnlyMemory<byte> bytes) => _serverSpoke = true;

        public void Sent(ReadOnlyMemory<byte> bytes)
        {
            if (_serverSpoke)
            {
                _serverSpoke = false;
                Interlocked.Increment(ref count._trips);
            }

            foreach (byte next in bytes.Span)
            {
                if (_bodyLeft > 0)
                {
                    _bodyLeft--;
                    continue;
                }

                _head[_headRead++] = next;
                int length = _started ? 5 : 4;
                if (_headRead == length)
                {
                    _bodyLeft = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(length - 4)) - 4;
                    if (_started && _head[0] is (byte)'E' or (byte)'Q')
                    {
                        Interlocked.Increment(ref count._statements);
                    }

                    _started = true;
                    _headRead = 0;
                }
            }
        }
    }
}
