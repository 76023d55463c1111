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
    private const string BlobHost = ".blob.core.windows.net";

    /// <summary>Opens it; sends nothing yet.</summary>
    /// <exception cref="InvalidOperationException">The settings name no account, or are malformed.</exception>
    public static StorageAccount Open(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(ConnectionSetting);
        // A user-assigned identity has to be named, here and in every child process.
        if (section["clientId"] is { Length: > 0 } clientId && Environment.GetEnvironmentVariable(ClientIdVariable) is null)
            Environment.SetEnvironmentVariable(ClientIdVariable, clientId);
        string connection = section.Value is { Length: > 0 } connectionString ? connectionString
            : section["accountName"] is { Length: > 0 } name ? name
            : section["blobServiceUri"] is { Length: > 0 } uri ? AccountOf(uri)
            : throw new InvalidOperationException(
                $"{ConnectionSetting} is missing: set it to a connection string, or {ConnectionSetting}__accountName to the name of a "
                + "storage account that the app's identity may use");
        // The Functions host refuses the queue trigger without, and everything else would go on.
        string prefix = configuration[PrefixSetting] is { Length: > 0 } given ? given
            : throw new InvalidOperationException($"{PrefixSetting} is missing: set it to what the names of tables, queues and containers begin with, e.g. sconc");
        if (StorageNames.MistakeIn(prefix) is { } mistake)
            throw new InvalidOperationException($"setting {PrefixSetting}: {mistake}");
        try
        {
            return StorageAccount.Parse(connection, new StorageOptions { Prefix = prefix });
        }
        catch (StorageConnectionException)
        {
            // Its message is about the command line's option. The value may hold a key.
            throw new InvalidOperationException(
                $"{ConnectionSetting} cannot be used: expected UseDevelopmentStorage=true or a connection string with AccountName and AccountKey; or, with the "
                + $"app's identity, {ConnectionSetting}__accountName with the name of a storage account (3 to 24 lower-case letters and digits)");
        }
    }

    private static string AccountOf(string blobEndpoint) =>
        Uri.TryCreate(blobEndpoint, UriKind.Absolute, out Uri? uri) && uri.Host.EndsWith(BlobHost, StringComparison.OrdinalIgnoreCase)
            ? uri.Host[..^BlobHost.Length]
            : throw new InvalidOperationException($"{ConnectionSetting}__blobServiceUri is '{blobEndpoint}'; expected https://ACCOUNT{BlobHost}/");
}
