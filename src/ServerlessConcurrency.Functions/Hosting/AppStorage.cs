using Microsoft.Extensions.Configuration;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>The storage account of the app: the one the Functions host itself uses, with a connection string or by identity.</summary>
internal static class AppStorage
{
    /// <summary>The setting that names the account, by itself or as a section.</summary>
    public const string ConnectionSetting = "AzureWebJobsStorage";

    /// <summary>The setting with what every table, queue and container name begins with.</summary>
    public const string PrefixSetting = "StoragePrefix";

    private const string ClientIdVariable = "AZURE_CLIENT_ID";

    /// <summary>Opens it; sends nothing yet.</summary>
    /// <exception cref="InvalidOperationException">The settings name no account.</exception>
    /// <exception cref="StorageConnectionException">They are malformed.</exception>
    public static StorageAccount Open(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(ConnectionSetting);
        // A user-assigned identity has to be named, here and in every child process.
        if (section["clientId"] is { Length: > 0 } clientId && Environment.GetEnvironmentVariable(ClientIdVariable) is null)
            Environment.SetEnvironmentVariable(ClientIdVariable, clientId);
        string connection = section.Value is { Length: > 0 } connectionString ? connectionString
            : section["accountName"] is { Length: > 0 } name ? name
            : section["blobServiceUri"] is { Length: > 0 } uri ? new Uri(uri).Host.Split('.')[0]
            : throw new InvalidOperationException(
                $"{ConnectionSetting} is missing: set it to a connection string, or {ConnectionSetting}__accountName to the name of a "
                + "storage account that the app's identity may use");
        // The Functions host refuses the queue trigger without, and everything else would go on.
        string prefix = configuration[PrefixSetting] is { Length: > 0 } given ? given
            : throw new InvalidOperationException($"{PrefixSetting} is missing: set it to what the names of tables, queues and containers begin with, e.g. sconc");
        return StorageAccount.Parse(connection, new StorageOptions { Prefix = prefix });
    }
}
