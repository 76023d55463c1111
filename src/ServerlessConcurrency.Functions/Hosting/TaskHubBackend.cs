using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>Where Durable Functions keeps the state of this app: what the host reads in the <c>host.json</c> that the app was packed with.</summary>
internal static class TaskHubBackend
{
    private const string Scheduler = "azureManaged";

    /// <returns>One of <see cref="DurableBackends"/>.</returns>
    public static string OfThisApp() => Of(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));

    /// <returns>One of <see cref="DurableBackends"/>.</returns>
    internal static string Of(string hostJson)
    {
        JsonNode? type = JsonNode.Parse(hostJson)?["extensions"]?["durableTask"]?["storageProvider"]?["type"];
        return Scheduler.Equals((string?)type, StringComparison.OrdinalIgnoreCase) ? DurableBackends.TaskScheduler : DurableBackends.AzureStorage;
    }
}
