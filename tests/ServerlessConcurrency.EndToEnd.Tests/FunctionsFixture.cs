using System.Text.Json;
using ServerlessConcurrency.FunctionsHosts;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.EndToEnd.Tests;

/// <summary>The built app, Core Tools and an Azurite; every test has a task hub and a prefix of its own.</summary>
public sealed class FunctionsFixture : IAsyncLifetime
{
    public const string Collection = "Functions";

    private readonly string _folder = Directory.CreateTempSubdirectory("sconc-e2e-").FullName;
    private AzuriteInstance? _azurite;
    private string? _func;
    private string? _app;
    private int _hubs;

    public async Task InitializeAsync()
    {
        _func = FuncTool.Find(Repository.Root);
        _app = await FunctionsApp.BuildAsync(
            Repository.Root, Repository.PathOf("tests", "ServerlessConcurrency.OwnCode", "ServerlessConcurrency.OwnCode.csproj"), CancellationToken.None);
        _azurite = await AzuriteInstance.AcquireOwnAsync(_folder);
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Options for hosts with a new task hub.</summary>
    public HostFleetOptions NewHub(int hosts, Action<string> log)
    {
        string name = $"e2e{Interlocked.Increment(ref _hubs)}";
        return new HostFleetOptions
        {
            Func = _func!,
            AppFolder = _app!,
            Hosts = hosts,
            FirstPort = HostFleet.FindFreePorts(hosts),
            StorageConnection = _azurite!.ConnectionString,
            Settings = new Dictionary<string, string>
            {
                ["StoragePrefix"] = name,
                ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = name,
            },
            Log = log,
        };
    }

    /// <summary>Takes the storage away for a while: its emulator stands still and answers nobody.</summary>
    public async Task SuspendStorageAsync(TimeSpan time)
    {
        using JsonDocument instance = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, ".azurite", "instance.json")));
        int processId = instance.RootElement.GetProperty("pid").GetInt32();
        Sconc.Signal(processId, "STOP");
        try
        {
            await Task.Delay(time);
        }
        finally
        {
            Sconc.Signal(processId, "CONT");
        }
    }
}

[CollectionDefinition(FunctionsFixture.Collection)]
public sealed class FunctionsTests : ICollectionFixture<FunctionsFixture>;
