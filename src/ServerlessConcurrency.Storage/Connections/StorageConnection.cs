using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Storage.Connections;

/// <summary>The storage a program works with, and the emulator behind it for as long as the program needs it.</summary>
public sealed class StorageConnection : IAsyncDisposable
{
    /// <summary>The value of <c>--connection</c> that finds or starts the storage emulator.</summary>
    public const string Auto = "auto";

    /// <summary>The value of <c>--connection</c> that means no storage.</summary>
    public const string None = "none";

    private readonly AzuriteInstance? _emulator;

    private StorageConnection(StorageAccount account, AzuriteInstance? emulator)
    {
        Account = account;
        _emulator = emulator;
    }

    public StorageAccount Account { get; }

    /// <inheritdoc cref="AzuriteInstance.StartedAt"/>
    public DateTimeOffset? EmulatorStartedAt => _emulator?.StartedAt;

    /// <summary>Resolves the value of <c>--connection</c>.</summary>
    /// <param name="options">How the account is used; null: the defaults.</param>
    /// <param name="workingFolder">Where <c>auto</c> keeps the emulator's data; null: the current folder.</param>
    /// <exception cref="StorageConnectionException">The connection or the prefix is malformed.</exception>
    public static async Task<StorageConnection> OpenAsync(
        string connection,
        StorageOptions? options = null,
        string? workingFolder = null,
        IProgress<string>? log = null,
        CancellationToken cancellationToken = default)
    {
        if (connection != Auto)
            return new StorageConnection(StorageAccount.Parse(connection, options), emulator: null);

        // A bad prefix is found before an emulator is started for it.
        _ = new StorageNames((options ?? new StorageOptions()).Prefix);
        AzuriteInstance emulator = await AzuriteInstance
            .AcquireAsync(workingFolder ?? Directory.GetCurrentDirectory(), log, cancellationToken).ConfigureAwait(false);
        return new StorageConnection(StorageAccount.Parse(emulator.ConnectionString, options), emulator);
    }

    /// <summary>Lets go of the emulator, if one was needed.</summary>
    public ValueTask DisposeAsync() => _emulator?.DisposeAsync() ?? default;
}
