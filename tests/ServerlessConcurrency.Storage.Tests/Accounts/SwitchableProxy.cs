using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ServerlessConcurrency.Storage.Tests.Accounts;

/// <summary>Stands between a client and a service on loopback, and can be switched off and on again on the same port.</summary>
internal sealed class SwitchableProxy : IDisposable
{
    private readonly int _target;
    private readonly ConcurrentBag<Socket> _connections = [];
    private Socket? _listener;

    public SwitchableProxy(int targetPort)
    {
        _target = targetPort;
        SwitchOn();
    }

    public int Port { get; private set; }

    public void SwitchOn()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync(_listener);
    }

    public void SwitchOff()
    {
        _listener?.Dispose();
        while (_connections.TryTake(out Socket? socket))
            socket.Dispose();
    }

    public void Dispose() => SwitchOff();

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync();
                var service = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _connections.Add(client);
                _connections.Add(service);
                await service.ConnectAsync(IPAddress.Loopback, _target);
                _ = CopyAsync(client, service);
                _ = CopyAsync(service, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Switched off.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
                await to.SendAsync(buffer.AsMemory(0, count));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side has ended.
        }
    }
}
