using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Files;

namespace ServerlessConcurrency.Cli.Engine;

/// <summary>The storage that --connection means, for the length of a command; an Azurite that it started ends with it.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    /// <summary>The connection that means no storage at all.</summary>
    public const string None = "none";

    private const string Auto = "auto";

    private readonly AzuriteInstance? _azurite;

    private StorageSession(IExperimentStore store, StorageAccount? account, AzuriteInstance? azurite)
    {
        Store = store;
        Account = account;
        _azurite = azurite;
    }

    /// <summary>Where experiments are kept.</summary>
    public IExperimentStore Store { get; }

    /// <summary>The account; null without storage.</summary>
    public StorageAccount? Account { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="StorageConnectionException">The connection is malformed.</exception>
    /// <exception cref="StorageUnavailableException">Azurite cannot be started.</exception>
    public static async Task<StorageSession> OpenAsync(CliContext context, CancellationToken cancellationToken)
    {
        var options = new StorageOptions { Prefix = context.StoragePrefix };
        if (context.Connection == None)
            return new StorageSession(new FileExperimentStore(context.ResultsPath), null, null);
        if (context.Connection != Auto)
            return Open(StorageAccount.Parse(context.Connection, options), null);

        AzuriteInstance azurite = await AzuriteInstance.AcquireAsync(
            Directory.GetCurrentDirectory(), new NoteProgress(context), cancellationToken);
        try
        {
            return Open(StorageAccount.Parse(azurite.ConnectionString, options), azurite);
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    private static StorageSession Open(StorageAccount account, AzuriteInstance? azurite) =>
        new(new AzureExperimentStore(account, TimeProvider.System), account, azurite);

    private sealed class NoteProgress(CliContext context) : IProgress<string>
    {
        public void Report(string value) => context.Note(value);
    }
}
