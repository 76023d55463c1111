using Microsoft.DurableTask;

namespace ServerlessConcurrency.Functions.Orchestration;

/// <summary>How activities that measure nothing themselves are tried again, e.g. because the storage did not answer.</summary>
internal static class Patience
{
    public static TaskOptions Retry { get; } =
        TaskOptions.FromRetryPolicy(new RetryPolicy(maxNumberOfAttempts: 4, TimeSpan.FromSeconds(2), backoffCoefficient: 2));
}
