using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>The Azurite of tests about the queue: one for all classes, from the first that needs it to the end of the process.</summary>
public sealed class QueueStorage : IAsyncLifetime
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("sconc-queue-").FullName;
    private static readonly Lazy<Task<AzuriteInstance>> Azurite = new(StartAsync);

    static QueueStorage() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => End();

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => ConnectionString = (await Azurite.Value).ConnectionString;

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<AzuriteInstance> StartAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        return await AzuriteInstance.AcquireOwnAsync(Folder, cancellationToken: patience.Token);
    }

    private static void End()
    {
        if (Azurite is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            Azurite.Value.Result.DisposeAsync().AsTask().Wait();
        Directory.Delete(Folder, recursive: true);
    }
}
