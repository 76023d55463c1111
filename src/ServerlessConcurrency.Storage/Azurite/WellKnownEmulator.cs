using System.Net;
using System.Net.Sockets;
using Azure;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>Finds out whether a storage emulator serves the well-known ports.</summary>
internal static class WellKnownEmulator
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly StorageOptions Impatient = new() { Patience = TimeSpan.Zero, NetworkTimeout = TimeSpan.FromSeconds(3) };

    public static async Task<bool> AnswersAsync(IProgress<string>? log, CancellationToken cancellationToken)
    {
        AzuriteEndpoints ports = AzuriteEndpoints.WellKnown;
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
        catch (RequestFailedException exception)
        {
            // Typically an old Azurite that knows only older versions of the protocol.
            log?.Report(
                "The storage emulator on ports 10000 to 10002 cannot be used " +
                $"({exception.Status} {exception.ErrorCode}; an old Azurite needs --skipApiVersionCheck); starting another one.");
            return false;
        }
        catch (StorageUnavailableException)
        {
            // Something else listens there.
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
