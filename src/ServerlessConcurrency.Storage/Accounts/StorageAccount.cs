using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// A storage account and the clients to use it with. Every client retries with back-off and throws
/// <see cref="Core.Documents.StorageUnavailableException"/> when the account stays unreachable or refuses access. Safe
/// for all threads; nothing is sent before a client is used.
/// </summary>
public sealed partial class StorageAccount
{
    private const string Accepted =
        "auto, none, UseDevelopmentStorage=true, a connection string, or the name of a storage account " +
        "(3 to 24 lower-case letters and digits)";

    private StorageAccount(
        string connection,
        StorageOptions options,
        Func<TableClientOptions, TableServiceClient> tables,
        Func<BlobClientOptions, BlobServiceClient> blobs,
        Func<QueueClientOptions, QueueServiceClient> queues,
        bool loopback)
    {
        Connection = connection;
        Names = new StorageNames(options.Prefix);
        Options = options;
        Clients = new StorageClients(
            () => Configure(new TableClientOptions(), options, loopback, _ => StorageRequestCounter.CountTableRequest()),
            tables,
            // An emulator refuses versions of the protocol that are newer than itself, wherever it is reached, and the client libraries
            // default to one newer than any emulator. Nothing here needs more than this one, which Azurite has known since 3.16.
            () => Configure(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02), options, loopback, CountBlobRequest),
            blobs,
            () => Configure(
                new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02), options, loopback, _ => StorageRequestCounter.CountQueueRequest()),
            queues);
        Tables = tables(Clients.TableOptions());
        Blobs = blobs(Clients.BlobOptions());
        Queues = queues(Clients.QueueOptions());
    }

    /// <summary>The connection string or account name, as a child process of the program needs it; may hold a key.</summary>
    public string Connection { get; }

    public StorageNames Names { get; }

    public StorageOptions Options { get; }

    public TableServiceClient Tables { get; }

    public BlobServiceClient Blobs { get; }

    public QueueServiceClient Queues { get; }

    /// <summary>What the clients are made with.</summary>
    public StorageClients Clients { get; }

    /// <summary>Reads a connection; sends nothing.</summary>
    /// <param name="options">How the account is used; null: the defaults.</param>
    /// <exception cref="StorageConnectionException">The connection or the prefix is malformed.</exception>
    public static StorageAccount Parse(string connection, StorageOptions? options = null)
    {
        options ??= new StorageOptions();
        if (connection is "auto" or "none")
            throw new StorageConnectionException($"'{connection}' does not name a storage account by itself");
        if (AccountName().IsMatch(connection))
            return WithIdentity(connection, options);
        if (connection.Contains('=', StringComparison.Ordinal))
            return WithConnectionString(connection, options);
        throw new StorageConnectionException($"--connection: '{connection}' is not understood; use {Accepted}");
    }

    /// <summary>The same account, used for a run: its requests are counted.</summary>
    public StorageAccount ForRuns() => Options.CountRequests ? this : Parse(Connection, Options with { CountRequests = true });

    private static StorageAccount WithIdentity(string name, StorageOptions options)
    {
        var credential = new DefaultAzureCredential();
        Uri Endpoint(string service) => new($"https://{name}.{service}.core.windows.net");
        return new StorageAccount(
            name,
            options,
            clientOptions => new TableServiceClient(Endpoint("table"), credential, clientOptions),
            clientOptions => new BlobServiceClient(Endpoint("blob"), credential, clientOptions),
            clientOptions => new QueueServiceClient(Endpoint("queue"), credential, clientOptions),
            loopback: false);
    }

    private static StorageAccount WithConnectionString(string connection, StorageOptions options)
    {
        try
        {
            var blobs = new BlobServiceClient(connection);
            ThrowIfMisread(blobs.Uri);
            bool loopback = new[]
            {
                new TableServiceClient(connection).Uri,
                blobs.Uri,
                new QueueServiceClient(connection).Uri,
            }.All(uri => uri.IsLoopback);
            return new StorageAccount(
                connection,
                options,
                clientOptions => new TableServiceClient(connection, clientOptions),
                clientOptions => new BlobServiceClient(connection, clientOptions),
                clientOptions => new QueueServiceClient(connection, clientOptions),
                loopback);
        }
        catch (Exception exception) when (
            exception is (FormatException and not StorageConnectionException) or InvalidOperationException or ArgumentException)
        {
            // The SDK's own message is left out: it may quote a part of the connection string, and with it a key.
            throw new StorageConnectionException(
                "--connection: this connection string cannot be used; it needs AccountName and AccountKey, or a " +
                "SharedAccessSignature with TableEndpoint, BlobEndpoint and QueueEndpoint, as `Access keys` of the storage " +
                $"account in the Azure portal shows it. Accepted: {Accepted}");
        }
    }

    // Except under an IP address, the client libraries take the first part of a path for the account on an emulator's ports only; else for a container.
    private static void ThrowIfMisread(Uri blobs)
    {
        if (new BlobUriBuilder(blobs).BlobContainerName.Length > 0)
            throw new StorageConnectionException(
                $"--connection: BlobEndpoint {blobs.GetLeftPart(UriPartial.Path)} has the account in its path, which is understood under an IP address, such as " +
                $"127.0.0.1, or on the ports 10000 to 10002 only; give the address of {blobs.Host} in all three endpoints, or use these ports");
    }

    private static void CountBlobRequest(RequestMethod method)
    {
        if (method == RequestMethod.Put)
            StorageRequestCounter.CountBlobWrite();
        else if (method == RequestMethod.Delete)
            StorageRequestCounter.CountBlobDelete();
        else
            StorageRequestCounter.CountBlobRead();
    }

    private static TOptions Configure<TOptions>(
        TOptions clientOptions, StorageOptions options, bool loopback, Action<RequestMethod> count)
        where TOptions : ClientOptions
    {
        clientOptions.Transport = StorageTransport.For(loopback);
        clientOptions.Retry.NetworkTimeout = options.NetworkTimeout;
        clientOptions.RetryPolicy = new PatientRetryPolicy(options.Patience, options.NetworkTimeout);
        clientOptions.AddPolicy(new StorageFaultPolicy(), HttpPipelinePosition.PerCall);
        // Each retry is a transaction of its own.
        if (options.CountRequests)
            clientOptions.AddPolicy(new RequestCountPolicy(count), HttpPipelinePosition.PerRetry);
        return clientOptions;
    }

    [GeneratedRegex("^[a-z0-9]{3,24}\\z")]
    private static partial Regex AccountName();
}
