using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>
/// A connection to the control port of a running Azurite, see azurite-host.js: while it is open, Azurite runs. The system
/// closes it when this program ends, however it ends.
/// </summary>
internal sealed class AzuriteLease : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(3);
    private readonly Socket _socket;
    private readonly int _processId;
    private readonly Task<string> _end;

    private AzuriteLease(Socket socket, int processId, AzuriteEndpoints endpoints)
    {
        _socket = socket;
        _processId = processId;
        Endpoints = endpoints;
        _end = ReadToEndAsync(socket, CancellationToken.None);
    }

    /// <summary>Ends with Azurite.</summary>
    public Task Ended => _end;

    public AzuriteEndpoints Endpoints { get; }

    /// <summary>Takes a lease on the Azurite of a folder.</summary>
    /// <returns>The lease, or null where no Azurite runs on the folder: none was there, or it has just ended.</returns>
    public static async Task<AzuriteLease?> TryTakeAsync(string folder, CancellationToken cancellationToken)
    {
        if (AzuriteInstanceFile.Read(folder) is not { } instance)
            return null;
        if (await instance.LivesElsewhereAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            throw new StorageUnavailableException(
                $"the data in {folder} is in use by the Azurite of {instance.Machine} (process {instance.Pid} there), which cannot be reached from here: " +
                "it is another container or machine. End what uses it there, work in another folder, or use --connection none to run without storage");
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        AzuriteLease? lease = null;
        try
        {
            lease = await TakeAsync(socket, instance, folder, cancellationToken).ConfigureAwait(false);
            return lease;
        }
        catch (SocketException)
        {
            // Nobody listens any more.
            return null;
        }
        finally
        {
            if (lease is null)
                socket.Dispose();
        }
    }

    /// <summary>Gives the lease back; when it was the last, waits until Azurite has written its data and ended.</summary>
    /// <exception cref="StorageUnavailableException">It ended without having written them.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_end.IsCompleted)
                _socket.Shutdown(SocketShutdown.Send);
            string told = await _end.WaitAsync(EndPatience).ConfigureAwait(false);
            if (told.Contains("\"left\"", StringComparison.Ordinal))
                return;
            await WaitForExitAsync(_processId).ConfigureAwait(false);
            if (!told.Contains("\"saved\"", StringComparison.Ordinal))
                throw NotSaved(told);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or TimeoutException)
        {
            // It has ended already, or does not end: its own watch sees to that.
        }

        finally
        {
            _socket.Dispose();
        }
    }

    private static StorageUnavailableException NotSaved(string told)
    {
        const string Reason = "\"reason\":\"";
        int at = told.IndexOf(Reason, StringComparison.Ordinal);
        string reason = at < 0 ? "" : $" ({told[(at + Reason.Length)..].Split('"')[0]})";
        return new StorageUnavailableException(
            $"the storage emulator ended without saving its data{reason}: what was stored last is missing in it. Is its disk full? Files of results are not concerned");
    }

    private static async Task<AzuriteLease?> TakeAsync(
        Socket socket, AzuriteInstanceFile instance, string folder, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(IPAddress.Loopback, instance.ControlPort, cancellationToken).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(instance.Token + "\n"), patience.Token).ConfigureAwait(false);
            string answer = await ReadLineAsync(socket, patience.Token).ConfigureAwait(false);
            if (Parse(answer) is { } endpoints)
                return new AzuriteLease(socket, instance.Pid, endpoints);
            await ReadToEndAsync(socket, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (!IsAlive(instance.Pid))
                return null;
            throw new StorageUnavailableException(
                $"the Azurite of {folder} (process {instance.Pid}) does not answer; end that process and try again");
        }
    }

    private static AzuriteEndpoints? Parse(string answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            JsonElement root = document.RootElement;
            return root.GetProperty("state").GetString() != "ready" ? null : new AzuriteEndpoints(
                root.GetProperty("blob").GetInt32(), root.GetProperty("queue").GetInt32(), root.GetProperty("table").GetInt32());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The connection ended, or the port belongs to another program by now.
            return null;
        }
    }

    private static async Task<string> ReadLineAsync(Socket socket, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        byte[] buffer = new byte[256];
        while (line.Length < 1024 && (line.Length == 0 || line[^1] != '\n'))
        {
            int count = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
                break;
            line.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return line.ToString();
    }

    private static async Task<string> ReadToEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        var text = new StringBuilder();
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // It was killed.
        }

        return text.ToString();
    }

    private static async Task WaitForExitAsync(int processId)
    {
        // Its connections are closed a few milliseconds before the process itself is gone.
        long began = Stopwatch.GetTimestamp();
        while (IsAlive(processId) && Stopwatch.GetElapsedTime(began) < ExitPatience)
            await Task.Delay(TimeSpan.FromMilliseconds(5)).ConfigureAwait(false);
    }

    internal static bool IsAlive(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
