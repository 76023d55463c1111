using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>How a storage account is used.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// What every table, queue and container name begins with, so that several deployments can share an account: empty, or
    /// lower-case letters and digits beginning with a letter, at most 30.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// For how long a call that fails is tried again, with exponential back-off; 30 s unless given. The last try may begin
    /// just before the end and take <see cref="NetworkTimeout"/>.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try may take before it counts as failed; 10 s unless given.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether requests are counted by <see cref="Core.Measurement.StorageRequestCounter"/>: those of workloads and models are, what the
    /// program does beside a run is not.
    /// </summary>
    public bool CountRequests { get; init; }

    /// <summary>The options for the storage of an environment, as the program that started this process was given them.</summary>
    public static StorageOptions Of(WorkloadEnvironment environment)
    {
        var options = new StorageOptions { Prefix = environment.StoragePrefix };
        return environment.StoragePatienceSeconds is { } seconds ? options with { Patience = TimeSpan.FromSeconds(seconds) } : options;
    }
}
