using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>Stands between programs and an Azurite: it counts requests, and can be away for a while.</summary>
internal sealed partial class StorageProxy : IAsyncDisposable
{
    private static readonly byte[] EndOfRequestLine = Encoding.ASCII.GetBytes(" HTTP/1.1\r\n");

    private readonly List<TcpListener> _listeners = [];
    private readonly List<Task> _accepting = [];
    private readonly HashSet<Socket> _sockets = [];
    private readonly Lock _lock = new();
    private bool _isAway;
    private int _queueRequests;

    public StorageProxy(string connectionString) => ConnectionString = Endpoint().Replace(
        connectionString,
        endpoint => $"{endpoint.Groups[1].Value}{Listen(int.Parse(endpoint.Groups[3].Value, CultureInfo.InvariantCulture), endpoint.Groups[2].Value == "Queue")}/");

    public string ConnectionString { get; }

    /// <summary>How many requests to queues came through.</summary>
    public int QueueRequests => Volatile.Read(ref _queueRequests);

    /// <summary>Ends every connection, and every new one at once, for some time.</summary>
    public async Task BeAwayAsync(TimeSpan time)
    {
        Socket[] sockets;
        lock (_lock)
        {
            _isAway = true;
            sockets = [.. _sockets];
        }

        foreach (Socket socket in sockets)
            socket.Dispose();
        await Task.Delay(time);
        lock (_lock)
            _isAway = false;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TcpListener listener in _listeners)
            listener.Dispose();
        await Task.WhenAll(_accepting);
        await BeAwayAsync(TimeSpan.Zero);
    }

    private int Listen(int port, bool counts)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _listeners.Add(listener);
        _accepting.Add(AcceptAsync(listener, port, counts));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener listener, int port, bool counts)
    {
        try
        {
            while (true)
                _ = ConnectAsync(await listener.AcceptSocketAsync(), port, counts);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was disposed.
        }
    }

    private async Task ConnectAsync(Socket client, int port, bool counts)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            lock (_lock)
            {
                if (_isAway)
                    return;
                _sockets.UnionWith([client, server]);
            }

            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port);
                await Task.WhenAny(CopyAsync(client, server, counts), CopyAsync(server, client, counts: false));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // It is away, or the client has gone.
            }

            lock (_lock)
                _sockets.ExceptWith([client, server]);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool counts)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and int count)
            {
                // The head of a request is sent in one piece.
                if (counts && buffer.AsSpan(0, count).IndexOf(EndOfRequestLine) >= 0)
                    Interlocked.Increment(ref _queueRequests);
                for (int sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of them has gone.
        }
    }

    [GeneratedRegex("((Blob|Queue|Table)Endpoint=http://127.0.0.1:)([0-9]+)/")]
    private static partial Regex Endpoint();
}
