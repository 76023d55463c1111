using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>One Azurite for all tests about the queue.</summary>
public sealed class QueueStorage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sconc-queue-");
    private AzuriteInstance? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        _azurite = await AzuriteInstance.AcquireOwnAsync(_folder.FullName, cancellationToken: patience.Token);
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
