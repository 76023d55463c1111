using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>The Azurite of tests about the queue: one for all classes that run at the same time.</summary>
public sealed class QueueStorage : IAsyncLifetime
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("sconc-queue-").FullName;
    private AzuriteInstance? _azurite;

    static QueueStorage() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Directory.Delete(Folder, recursive: true);

    public string ConnectionString => _azurite!.ConnectionString;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        _azurite = await AzuriteInstance.AcquireOwnAsync(Folder, cancellationToken: patience.Token);
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }
}
