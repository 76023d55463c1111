using Azure.Core.Pipeline;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>The HTTP connections that all clients of a program share.</summary>
internal static class StorageTransport
{
    /// <summary>The largest degree of an experiment, so that no task ever waits for a connection.</summary>
    private const int MaxConnections = 256;

    private static readonly Lazy<HttpClientTransport> Loopback = new(() => Create(
        // A proxy set for the machine cannot reach the machine's own loopback.
        useProxy: false,
        // Azurite closes a connection that was idle for 5 s; one that is about to be closed must not be used again.
        idleTimeout: TimeSpan.FromSeconds(4)));

    private static readonly Lazy<HttpClientTransport> Remote = new(() => Create(
        useProxy: true,
        idleTimeout: TimeSpan.FromMinutes(1)));

    public static HttpClientTransport For(bool loopback) => (loopback ? Loopback : Remote).Value;

    private static HttpClientTransport Create(bool useProxy, TimeSpan idleTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            MaxConnectionsPerServer = MaxConnections,
            PooledConnectionIdleTimeout = idleTimeout,
            // So that a changed address of the account is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        // The pipeline's own network timeout decides.
        return new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
    }
}
