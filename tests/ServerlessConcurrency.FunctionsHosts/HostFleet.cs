using System.Net;
using System.Net.Sockets;

namespace ServerlessConcurrency.FunctionsHosts;

/// <summary>Functions hosts on consecutive ports of one machine that share a task hub.</summary>
public sealed class HostFleet : IAsyncDisposable
{
    private const int LongestPauseSeconds = 16;
    private const int MostStarts = 3;
    private static readonly TimeSpan RestartsWithin = TimeSpan.FromMinutes(10);

    private readonly List<FunctionsHost> _hosts = [];
    private readonly HostFleetOptions _options;

    private HostFleet(HostFleetOptions options) => _options = options;

    /// <summary>The hosts, by number.</summary>
    public IReadOnlyList<FunctionsHost> Hosts => _hosts;

    /// <summary>Whether nothing listens on a port of this machine.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The first of several free ports in a row; below the range from which systems give ports away by themselves.</summary>
    public static int FindFreePorts(int count)
    {
        for (int first = 17_100; first < 32_000; first += count)
            if (Enumerable.Range(first, count).All(IsFree))
                return first;
        throw new InvalidOperationException("there are no free ports");
    }

    /// <summary>Starts the hosts and waits until all are ready.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The hosts.</returns>
    /// <exception cref="InvalidOperationException">A host has ended before it was ready.</exception>
    /// <exception cref="TimeoutException">They were not ready in time.</exception>
    public static async Task<HostFleet> StartAsync(HostFleetOptions options, CancellationToken cancellationToken)
    {
        var fleet = new HostFleet(options);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.StartTimeout);
        try
        {
            for (int number = 1; number <= options.Hosts; number++)
                fleet._hosts.Add(FunctionsHost.Start(number, options));
            await Task.WhenAll(Enumerable.Range(0, options.Hosts).Select(index => fleet.WaitUntilReadyAsync(index, patience.Token)));
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

    // Of hosts that begin on an empty storage at once, one may fail because another has just written the same keys.
    private async Task WaitUntilReadyAsync(int index, CancellationToken cancellationToken)
    {
        for (int start = 1; ; start++)
        {
            try
            {
                await _hosts[index].WaitUntilReadyAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (start < MostStarts)
            {
                await StartAgainAsync(index);
            }
        }
    }

    private async Task StartAgainAsync(int index)
    {
        await _hosts[index].DisposeAsync();
        _hosts[index] = FunctionsHost.Start(index + 1, _options);
    }

    /// <summary>
    /// Starts hosts again that end, until it is cancelled, and tells so: the first time after 1 s, then after twice as long each time, 16 s at most. A host
    /// ends by itself where its storage stays away.
    /// </summary>
    /// <exception cref="InvalidOperationException">A host ended more often than it may within 10 minutes.</exception>
    public async Task KeepAliveAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] watches = [.. Enumerable.Range(0, _hosts.Count).Select(index => KeepAliveAsync(index, tell, watch.Token))];
        Task ended = await Task.WhenAny(watches);
        await watch.CancelAsync();
        await Task.WhenAll(watches).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await ended;
    }

    private async Task KeepAliveAsync(int index, Action<string> tell, CancellationToken cancellationToken)
    {
        var ends = new Queue<long>();
        while (true)
        {
            FunctionsHost host = _hosts[index];
            int exitCode = await host.WaitUntilEndedAsync(cancellationToken);
            while (ends.TryPeek(out long first) && TimeProvider.System.GetElapsedTime(first) > RestartsWithin)
                ends.Dequeue();
            ends.Enqueue(TimeProvider.System.GetTimestamp());
            if (ends.Count > _options.MostRestarts)
            {
                throw new InvalidOperationException(
                    $"{host.Name} ended {ends.Count} times within {RestartsWithin.TotalMinutes:0} minutes, at last with exit code {exitCode}:\n{host.LastLines()}");
            }

            TimeSpan pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, ends.Count - 1), LongestPauseSeconds));
            tell($"{host.Name} ended with exit code {exitCode}; it is started again in {pause.TotalSeconds:0} s.");
            await Task.Delay(pause, cancellationToken);
            await StartAgainAsync(index);
            _ = TellWhenReadyAsync(_hosts[index], tell, cancellationToken);
        }
    }

    // Should it end before, that is told as an end.
    private static async Task TellWhenReadyAsync(FunctionsHost host, Action<string> tell, CancellationToken cancellationToken)
    {
        try
        {
            await host.WaitUntilReadyAsync(cancellationToken);
            tell($"{host.Name} is ready again.");
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
        }
    }

    /// <summary>Stops all hosts, at the same time.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
}
