using System.Net;
using System.Net.Sockets;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>Finds out whether a storage emulator that can be used serves the well-known ports.</summary>
internal static class WellKnownEmulator
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly StorageOptions Impatient = new() { Patience = TimeSpan.Zero, NetworkTimeout = TimeSpan.FromSeconds(3) };

    public static async Task<bool> AnswersAsync(AzuriteEndpoints ports, IProgress<string>? log, CancellationToken cancellationToken)
    {
        foreach (int port in new[] { ports.BlobPort, ports.QueuePort, ports.TablePort })
        {
            if (!await IsOpenAsync(port, cancellationToken).ConfigureAwait(false))
                return false;
        }

        var account = StorageAccount.Parse(ports.ConnectionString, Impatient);
        try
        {
            await account.Blobs.GetPropertiesAsync(cancellationToken).ConfigureAwait(false);
            await account.Queues.GetPropertiesAsync(cancellationToken).ConfigureAwait(false);
            await account.Tables.GetPropertiesAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageUnavailableException exception)
        {
            log?.Report($"Ports {ports.BlobPort} to {ports.TablePort} are taken, but not by a storage emulator that can be used: {exception.Message}. Another is started on free ports.");
            return false;
        }
    }

    private static async Task<bool> IsOpenAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, timeout.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (
            exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
