using Microsoft.DurableTask;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>How activities that measure nothing themselves are tried again, e.g. because the storage did not answer.</summary>
internal static class ActivityRetry
{
    public static TaskOptions Options { get; } =
        TaskOptions.FromRetryPolicy(new RetryPolicy(maxNumberOfAttempts: 4, TimeSpan.FromSeconds(2), backoffCoefficient: 2));
}
