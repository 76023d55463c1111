using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// Tries again with exponential back-off until a time is up, where the SDK's own policy counts tries: a refused connection
/// fails within a millisecond and a silent one after the network timeout, yet both deserve the same patience.
/// </summary>
internal sealed class PatientRetryPolicy(TimeSpan patience)
    : RetryPolicy(int.MaxValue, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
{
    private const string FirstTryKey = "ServerlessConcurrency.FirstTry";
    private const string PatienceKey = "ServerlessConcurrency.Patience";
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    /// <summary>Calls made within the scope get another patience.</summary>
    public static IDisposable Within(TimeSpan patience) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [PatienceKey] = patience });

    /// <summary>How long the call of this message was tried, from its first try on.</summary>
    public static TimeSpan Elapsed(HttpMessage message) =>
        message.TryGetProperty(FirstTryKey, out object? began) && began is long ticks
            ? Stopwatch.GetElapsedTime(ticks)
            : TimeSpan.Zero;

    protected override void OnSendingRequest(HttpMessage message)
    {
        if (!message.TryGetProperty(FirstTryKey, out _))
            message.SetProperty(FirstTryKey, Stopwatch.GetTimestamp());
    }

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        OnSendingRequest(message);
        return default;
    }

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        Elapsed(message) < Limit(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        Elapsed(message) < Limit(message) ? base.ShouldRetryAsync(message, exception) : new(false);

    private TimeSpan Limit(HttpMessage message) =>
        message.TryGetProperty(PatienceKey, out object? other) && other is TimeSpan limit ? limit : patience;
}
