using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Files;

namespace ServerlessConcurrency.Cli.Engine;

/// <summary>The storage that --connection means, for the length of a command; an Azurite that it started ends with it.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    private readonly StorageConnection? _connection;
    private readonly IAsyncDisposable _store;

    private StorageSession(FileExperimentStore store)
    {
        Store = store;
        _store = store;
    }

    private StorageSession(AzureExperimentStore store, StorageConnection connection)
    {
        Store = store;
        _store = store;
        _connection = connection;
    }

    /// <summary>Where experiments are kept.</summary>
    public IExperimentStore Store { get; }

    /// <summary>The account; null without storage.</summary>
    public StorageAccount? Account => _connection?.Account;

    /// <summary>Opens it, and makes sure that it answers.</summary>
    /// <exception cref="StorageConnectionException">The connection or the prefix is malformed.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or Azurite cannot be started.</exception>
    public static async Task<StorageSession> OpenAsync(CliContext context, CancellationToken cancellationToken)
    {
        TimeSpan? patience = context.Patience;
        if (context.Connection == StorageConnection.None)
            return new StorageSession(new FileExperimentStore(context.ResultsPath, TimeProvider.System));

        var options = new StorageOptions { Prefix = context.StoragePrefix };
        if (patience is not null)
            options = options with { Patience = patience.Value };
        StorageConnection connection = await StorageConnection.OpenAsync(
            context.Connection, options, log: new Notes(context), cancellationToken: cancellationToken);
        var store = new AzureExperimentStore(connection.Account, TimeProvider.System);
        var session = new StorageSession(store, connection);
        try
        {
            await store.PrepareAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private sealed class Notes(CliContext context) : IProgress<string>
    {
        public void Report(string value) => context.Note(value);
    }
}
