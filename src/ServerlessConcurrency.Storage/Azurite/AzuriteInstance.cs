using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>
/// This program's share in the storage emulator of a working folder, whose data is kept in <c>.azurite</c> there. All
/// programs that work in the folder share one Azurite: the first starts it on free loopback ports, and it ends with the
/// last, however that ends. An Azurite on the well-known ports is used instead, and left alone.
/// </summary>
public sealed class AzuriteInstance : IAsyncDisposable
{
    private const string FolderName = ".azurite";
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);
    private readonly AzuriteLease? _lease;

    private AzuriteInstance(AzuriteEndpoints endpoints, AzuriteLease? lease, DateTimeOffset? startedAt = null)
    {
        ConnectionString = endpoints.ConnectionString;
        _lease = lease;
        StartedAt = startedAt;
    }

    /// <summary>The connection string of the emulator, with its well-known account and key.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is an Azurite of this program and others like it, rather than one on the well-known ports.</summary>
    public bool IsOwn => _lease is not null;

    /// <summary>When this program began to start it: nobody who used its data before can reach it any more. Null where it ran already.</summary>
    public DateTimeOffset? StartedAt { get; }

    /// <summary>Finds the Azurite to use, or starts it; the very first use installs it with npm.</summary>
    public static async Task<AzuriteInstance> AcquireAsync(
        string workingFolder, IProgress<string>? log = null, CancellationToken cancellationToken = default) =>
        await WellKnownEmulator.AnswersAsync(AzuriteEndpoints.WellKnown, log, cancellationToken).ConfigureAwait(false)
            ? new AzuriteInstance(AzuriteEndpoints.WellKnown, lease: null)
            : await AcquireOwnAsync(workingFolder, log, cancellationToken).ConfigureAwait(false);

    /// <summary>As <see cref="AcquireAsync"/>, but never uses an Azurite on the well-known ports.</summary>
    public static async Task<AzuriteInstance> AcquireOwnAsync(
        string workingFolder, IProgress<string>? log = null, CancellationToken cancellationToken = default)
    {
        string folder = Path.Combine(Path.GetFullPath(workingFolder), FolderName);
        try
        {
            Directory.CreateDirectory(folder);
            using FolderLock exclusive = await FolderLock
                .EnterAsync(Path.Combine(folder, "lock"), LockPatience, cancellationToken).ConfigureAwait(false);
            if (await AzuriteLease.TryTakeAsync(folder, cancellationToken).ConfigureAwait(false) is { } shared)
                return new AzuriteInstance(shared.Endpoints, shared);
            DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
            AzuriteLease first = await StartAsync(workingFolder, folder, log, cancellationToken).ConfigureAwait(false);
            return new AzuriteInstance(first.Endpoints, first, startedAt);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"the storage emulator cannot be set up in {folder}: {exception.Message} Work in a folder you may write to, " +
                "or use --connection none to run without storage", exception);
        }
    }

    /// <summary>Gives up this program's share; returns when Azurite has ended, if no other program uses it.</summary>
    public ValueTask DisposeAsync() => _lease?.DisposeAsync() ?? default;

    private static async Task<AzuriteLease> StartAsync(
        string workingFolder, string folder, IProgress<string>? log, CancellationToken cancellationToken)
    {
        NodeRuntime node = await NodeRuntime
            .FindAsync(Environment.GetEnvironmentVariable("PATH"), cancellationToken).ConfigureAwait(false);
        string script = await AzuritePackage.FindOrInstallAsync(
            workingFolder, AppContext.BaseDirectory, AzuritePackage.CacheFolder, node, log, cancellationToken).ConfigureAwait(false);
        return await AzuriteHost.StartAsync(folder, node, script, cancellationToken).ConfigureAwait(false);
    }
}
