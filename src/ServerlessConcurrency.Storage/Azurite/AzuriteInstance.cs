using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>
/// This program's share in the storage emulator of a working folder, whose data is kept in <c>.azurite</c> there. All
/// programs that work in the folder share one Azurite: the first starts it on free loopback ports, and it ends with the
/// last, however that ends. One that ends before is started again, with the same data on the same ports. An Azurite on the well-known
/// ports is used instead, and left alone.
/// </summary>
public sealed class AzuriteInstance : IAsyncDisposable
{
    private const string FolderName = ".azurite";
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(2);
    private readonly AzuriteEndpoints _endpoints;
    private readonly string? _workingFolder;
    private readonly IProgress<string>? _log;
    private readonly CancellationTokenSource _disposal = new();
    private readonly Task _watching;
    private AzuriteLease? _lease;

    private AzuriteInstance(AzuriteEndpoints endpoints)
    {
        _endpoints = endpoints;
        _watching = Task.CompletedTask;
    }

    private AzuriteInstance(string workingFolder, AzuriteLease lease, DateTimeOffset? startedAt, IProgress<string>? log)
    {
        _endpoints = lease.Endpoints;
        _workingFolder = workingFolder;
        _lease = lease;
        _log = log;
        StartedAt = startedAt;
        _watching = WatchAsync(_disposal.Token);
    }

    /// <summary>The connection string of the emulator, with its well-known account and key.</summary>
    public string ConnectionString => _endpoints.ConnectionString;

    /// <summary>Whether it is an Azurite of this program and others like it, rather than one on the well-known ports.</summary>
    public bool IsOwn => _workingFolder is not null;

    /// <summary>When this program began to start it: nobody who used its data before can reach it any more. Null where it ran already.</summary>
    public DateTimeOffset? StartedAt { get; }

    /// <summary>Finds the Azurite to use, or starts it; the very first use installs it with npm.</summary>
    /// <param name="log">Is told what takes long, or went wrong; also later.</param>
    public static async Task<AzuriteInstance> AcquireAsync(
        string workingFolder, IProgress<string>? log = null, CancellationToken cancellationToken = default) =>
        await WellKnownEmulator.AnswersAsync(AzuriteEndpoints.WellKnown, log, cancellationToken).ConfigureAwait(false)
            ? new AzuriteInstance(AzuriteEndpoints.WellKnown)
            : await AcquireOwnAsync(workingFolder, log, cancellationToken).ConfigureAwait(false);

    /// <summary>As <see cref="AcquireAsync"/>, but never uses an Azurite on the well-known ports.</summary>
    public static async Task<AzuriteInstance> AcquireOwnAsync(
        string workingFolder, IProgress<string>? log = null, CancellationToken cancellationToken = default)
    {
        (AzuriteLease lease, DateTimeOffset? startedAt) = await TakeAsync(workingFolder, ports: null, log, cancellationToken).ConfigureAwait(false);
        return new AzuriteInstance(workingFolder, lease, startedAt, log);
    }

    /// <summary>Gives up this program's share; returns when Azurite has ended, if no other program uses it.</summary>
    /// <exception cref="StorageUnavailableException">It ended without having saved its data.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_disposal.IsCancellationRequested)
            return;
        await _disposal.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lease is not null)
            await _lease.DisposeAsync().ConfigureAwait(false);
        _disposal.Dispose();
    }

    private async Task WatchAsync(CancellationToken disposed)
    {
        while (true)
        {
            await _lease!.Ended.WaitAsync(disposed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            disposed.ThrowIfCancellationRequested();
            await StartAgainAsync(disposed).ConfigureAwait(false);
        }
    }

    private async Task StartAgainAsync(CancellationToken disposed)
    {
        string? told = null;
        try
        {
            await _lease!.DisposeAsync().ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            _log?.Report($"The storage emulator is started again: {exception.Message}.");
        }

        while (true)
        {
            AzuriteLease? lease = null;
            try
            {
                (lease, _) = await TakeAsync(_workingFolder!, _endpoints, _log, disposed).ConfigureAwait(false);
                if (lease.Endpoints != _endpoints)
                    throw new StorageUnavailableException("another program has started one on other ports; end that program");
                _lease = lease;
                _log?.Report("The storage emulator runs again.");
                return;
            }
            catch (StorageUnavailableException exception)
            {
                if (lease is not null)
                    await lease.DisposeAsync().ConfigureAwait(false);
                if (told != exception.Message)
                    _log?.Report($"It cannot be started yet: {exception.Message}");
                told = exception.Message;
            }

            await Task.Delay(RestartPause, disposed).ConfigureAwait(false);
        }
    }

    private static async Task<(AzuriteLease Lease, DateTimeOffset? StartedAt)> TakeAsync(
        string workingFolder, AzuriteEndpoints? ports, IProgress<string>? log, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetFullPath(workingFolder), FolderName);
        try
        {
            Directory.CreateDirectory(folder);
            using FolderLock exclusive = await FolderLock
                .EnterAsync(Path.Combine(folder, "lock"), LockPatience, cancellationToken).ConfigureAwait(false);
            if (await AzuriteLease.TryTakeAsync(folder, cancellationToken).ConfigureAwait(false) is { } shared)
                return (shared, null);
            DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
            return (await StartAsync(workingFolder, folder, ports, log, cancellationToken).ConfigureAwait(false), startedAt);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"the storage emulator cannot be set up in {folder}: {exception.Message} Work in a folder you may write to, " +
                "or use --connection none to run without storage", exception);
        }
    }

    private static async Task<AzuriteLease> StartAsync(
        string workingFolder, string folder, AzuriteEndpoints? ports, IProgress<string>? log, CancellationToken cancellationToken)
    {
        NodeRuntime node = await NodeRuntime
            .FindAsync(Environment.GetEnvironmentVariable("PATH"), cancellationToken).ConfigureAwait(false);
        string script = await AzuritePackage.FindOrInstallAsync(
            Environment.GetEnvironmentVariable(AzuritePackage.FolderVariable), AzuritePackage.CacheFolder(workingFolder), node, log, cancellationToken).ConfigureAwait(false);
        return await AzuriteHost.StartAsync(folder, node, script, ports, cancellationToken).ConfigureAwait(false);
    }
}
