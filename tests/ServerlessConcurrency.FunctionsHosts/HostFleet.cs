namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>Functions hosts on consecutive ports of one machine that share a task hub.</summary>
public sealed class HostFleet : IAsyncDisposable
{
    private readonly List<FunctionsHost> _hosts = [];

    private HostFleet()
    {
    }

    /// <summary>The hosts, by number.</summary>
    public IReadOnlyList<FunctionsHost> Hosts => _hosts;

    /// <summary>Starts the hosts and waits until all are ready.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The hosts.</returns>
    /// <exception cref="InvalidOperationException">A host has ended before it was ready.</exception>
    /// <exception cref="TimeoutException">They were not ready in time.</exception>
    public static async Task<HostFleet> StartAsync(HostFleetOptions options, CancellationToken cancellationToken)
    {
        var fleet = new HostFleet();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.StartTimeout);
        try
        {
            for (int number = 1; number <= options.Hosts; number++)
                fleet._hosts.Add(FunctionsHost.Start(number, options));
            foreach (FunctionsHost host in fleet._hosts)
                await host.WaitUntilReadyAsync(patience.Token);
            return fleet;
        }
        catch (Exception exception)
        {
            await fleet.DisposeAsync();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new TimeoutException($"not all hosts were ready within {options.StartTimeout.TotalSeconds:0} s");
            throw;
        }
    }

    /// <summary>Stops all hosts, at the same time.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
}
