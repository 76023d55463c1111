using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Azurite;

/// <summary>One Azurite for all tests that only need some storage account; each takes a prefix of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The name of the collection of tests that share it.</summary>
    public const string Collection = "Azurite";

    private readonly string _folder = Directory.CreateTempSubdirectory("sconc-storage-").FullName;
    private AzuriteInstance? _instance;
    private int _prefixes;

    /// <summary>Its connection string.</summary>
    public string ConnectionString => _instance!.ConnectionString;

    /// <summary>A storage account with names that no other test uses.</summary>
    public StorageAccount NewAccount() => StorageAccount.Parse(ConnectionString, new StorageOptions { Prefix = NewPrefix() });

    /// <summary>A prefix that no other test uses.</summary>
    public string NewPrefix() => $"t{Interlocked.Increment(ref _prefixes)}";

    /// <inheritdoc/>
    public async Task InitializeAsync() => _instance = await AzuriteInstance.AcquireOwnAsync(_folder);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_instance is not null)
            await _instance.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The collection.</summary>
[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>;
