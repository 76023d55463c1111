using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>
/// Tries again with exponential back-off until a time is up, where the SDK's own policy counts tries: a refused connection
/// fails within a millisecond and a silent one after the network timeout, yet both deserve the same patience. A process that
/// stands still, e.g. because its machine sleeps, does not wait.
/// </summary>
internal sealed class PatientRetryPolicy(TimeSpan patience, TimeSpan networkTimeout)
    : RetryPolicy(int.MaxValue, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, LongestDelay))
{
    private const string FirstTryKey = "ServerlessConcurrency.FirstTry";
    private const string LastTryKey = "ServerlessConcurrency.LastTry";
    private const string PatienceKey = "ServerlessConcurrency.Patience";
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(1);

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
        long now = Stopwatch.GetTimestamp();
        if (!message.TryGetProperty(FirstTryKey, out _))
            message.SetProperty(FirstTryKey, now);
        message.SetProperty(LastTryKey, now);
    }

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        OnSendingRequest(message);
        return default;
    }

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        HasPatience(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        HasPatience(message) ? base.ShouldRetryAsync(message, exception) : new(false);

    private bool HasPatience(HttpMessage message)
    {
        // No try takes much longer than the network timeout, unless the process stood still: then its end tells nothing of the storage.
        if (message.TryGetProperty(LastTryKey, out object? last) && Stopwatch.GetElapsedTime((long)last!) is var tried && tried - networkTimeout > Standstill
            && message.TryGetProperty(FirstTryKey, out object? first))
            message.SetProperty(FirstTryKey, (long)first! + (long)(tried.TotalSeconds * Stopwatch.Frequency));
        return Elapsed(message) < Limit(message);
    }

    private TimeSpan Limit(HttpMessage message) =>
        message.TryGetProperty(PatienceKey, out object? other) && other is TimeSpan limit ? limit : patience;
}
