using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>Where Durable Functions keeps the state of this app.</summary>
internal static class TaskHubBackend
{
    /// <summary>The setting that puts another backend in place of the one in <c>host.json</c>, as a variable of the process.</summary>
    public const string Variable = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type";

    private const string Scheduler = "azureManaged";

    /// <param name="type">The value of <see cref="Variable"/>; null where it is not set.</param>
    /// <returns>One of <see cref="DurableBackends"/>.</returns>
    public static string Of(string? type) =>
        Scheduler.Equals(type, StringComparison.OrdinalIgnoreCase) ? DurableBackends.TaskScheduler : DurableBackends.AzureStorage;
}
