namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary><c>sconc serve</c> with two experiments that have measured the same.</summary>
[CollectionDefinition(DashboardTest.Collection)]
public sealed class DashboardFixture : IAsyncLifetime, ICollectionFixture<DashboardFixture>
{
    /// <summary>What takes longer than any test.</summary>
    public const string Endless = """
        { "name": "long", "workloads": [ { "kind": "delay", "size": 20, "tasks": 20 } ], "models": ["async", "threads"], "driftReference": false, "rounds": 1000 }
        """;

    private const string Nightly = """
        { "name": "nightly", "workloads": [ { "kind": "primes", "size": 200, "tasks": 4 } ], "models": ["sequential", "threads"], "rounds": 6, "minRunMs": 0, "driftReference": false }
        """;

    internal Serving Server { get; private set; } = null!;

    /// <summary>The ids of the two, the earlier first.</summary>
    internal string[] Nightlies { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (InstalledBrowser.Path is null)
            return;
        Server = await Serving.StartAsync();
        string first = await Server.PostAsync(Nightly);
        await Server.UntilAsync(first, "completed");
        // Ids tell the second; the later one is to have the larger.
        await Eventually.True(() => !first.StartsWith(DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), "the second is over");
        string second = await Server.PostAsync(Nightly);
        await Server.UntilAsync(second, "completed");
        Nightlies = [first, second];
    }

    public Task DisposeAsync()
    {
        Server?.Dispose();
        return Task.CompletedTask;
    }
}
