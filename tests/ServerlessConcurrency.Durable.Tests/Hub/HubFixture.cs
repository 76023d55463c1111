using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>A lab that the tests of a class share, one after another.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    private readonly QueueStorage _storage = new();
    private HubLab? _lab;

    internal HubLab Lab => _lab!;

    public async Task InitializeAsync()
    {
        await _storage.InitializeAsync();
        _lab = new HubLab(_storage.ConnectionString, options: new FanOutOptions { TasksPerGeneration = 40, RetryDelaySeconds = 0.1 });
    }

    public async Task DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
