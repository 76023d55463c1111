using System.Globalization;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.Chaos;

/// <summary>Two hosts of the Functions app on a storage that can be disturbed; hosts that end are started again.</summary>
internal sealed class AppHosts : IAsyncDisposable
{
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

    public static async Task<AppHosts> StartAsync(string func, string app, string connectionString, CancellationToken cancellationToken)
    {
        FaultyStorage storage = await FaultyStorage.StartAsync(connectionString);
        string name = string.Create(CultureInfo.InvariantCulture, $"h{DateTime.UtcNow.Ticks:x}");
        HostFleet fleet = await HostFleet.StartAsync(
            new HostFleetOptions
            {
                Func = func,
                AppFolder = app,
                Hosts = 2,
                FirstPort = HostFleet.FindFreePorts(2),
                StorageConnection = storage.ConnectionString,
                Settings = new Dictionary<string, string>
                {
                    ["StoragePrefix"] = name,
                    ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = $"hub{name}",
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
