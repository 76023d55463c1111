using System.Globalization;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.Chaos;

/// <summary>Two hosts of the Functions app on a storage that can be disturbed; hosts that end are started again.</summary>
internal sealed class AppHosts : IAsyncDisposable
{
    /// <summary>How long an experiment may take: the queue trigger has a message for ten minutes whose answer, or whose host, it has lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int HostsOfEach = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly HostFleet _fleet;
    private readonly Task _keptAlive;

    private AppHosts(HostFleet fleet, FaultyStorage storage, string storagePrefix)
    {
        _fleet = fleet;
        Storage = storage;
        StoragePrefix = storagePrefix;
        _keptAlive = fleet.KeepAliveAsync(static _ => { }, _stop.Token);
    }

    public FaultyStorage Storage { get; }

    public string StoragePrefix { get; }

    public string Endpoint => _fleet.Hosts[0].Address.ToString();

    public IReadOnlyList<FunctionsHost> Hosts => _fleet.Hosts;

    /// <summary>Starts so many pairs of hosts, each with a storage of its own as far as one disturbs it.</summary>
    public static async Task<AppHosts[]> StartAsync(int count, string func, string app, string connectionString, CancellationToken cancellationToken)
    {
        int firstPort = HostFleet.FindFreePorts(count * HostsOfEach);
        Task<AppHosts>[] started =
            [.. Enumerable.Range(0, count).Select(index => StartAsync(func, app, connectionString, firstPort + (index * HostsOfEach), cancellationToken))];
        try
        {
            return await Task.WhenAll(started);
        }
        catch
        {
            foreach (Task<AppHosts> each in started.Where(each => each.IsCompletedSuccessfully))
                await (await each).DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until all hosts answer, also those that are started again.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Task.WhenAll(Hosts.Select(host => host.WaitUntilReadyAsync(cancellationToken)));
                return;
            }
            catch (InvalidOperationException)
            {
                // It has ended, and is started again.
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    private static async Task<AppHosts> StartAsync(string func, string app, string connectionString, int firstPort, CancellationToken cancellationToken)
    {
        FaultyStorage storage = await FaultyStorage.StartAsync(connectionString);
        string name = $"h{Guid.NewGuid():N}"[..14];
        HostFleet fleet = await HostFleet.StartAsync(
            new HostFleetOptions
            {
                Func = func,
                AppFolder = app,
                Hosts = HostsOfEach,
                FirstPort = firstPort,
                // Many start at once.
                StartTimeout = TimeSpan.FromMinutes(10),
                // They are killed on purpose.
                MostRestarts = int.MaxValue,
                StorageConnection = storage.ConnectionString,
                Settings = new Dictionary<string, string>
                {
                    ["StoragePrefix"] = name,
                    ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = $"hub{name}",
                    // What hosts compute that are started again is mostly the compilation of their code.
                    ["DOTNET_JITMinOpts"] = "1",
                },
                Log = static _ => { },
            },
            cancellationToken);
        return new AppHosts(fleet, storage, name);
    }

    /// <summary>The processes of a host: itself and its worker.</summary>
    public static IReadOnlyList<int> ProcessesOf(FunctionsHost host) =>
        [.. SconcProcess.ProcessesWith(string.Create(CultureInfo.InvariantCulture, $"RoleInstanceId={Environment.ProcessId}-{host.Address.Port}"))];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keptAlive.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _fleet.DisposeAsync();
        await Storage.DisposeAsync();
        _stop.Dispose();
    }
}
