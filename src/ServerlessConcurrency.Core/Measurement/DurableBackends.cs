namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Where Durable Functions keeps its state, as <see cref="EnvironmentInfo.DurableBackend"/> and the parameter of the Bicep template have it.</summary>
public static class DurableBackends
{
    /// <summary>Queues and tables of the storage account.</summary>
    public const string AzureStorage = "azureStorage";

    /// <summary>The Durable Task Scheduler, which charges for actions.</summary>
    public const string TaskScheduler = "durableTaskScheduler";
}
