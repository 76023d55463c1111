using System.Net;
using Polly;
using Polly.Retry;

namespace ServerlessConcurrency.Submit;

/// <summary>Tries again what failed for a reason that may pass, until the server has been away for too long.</summary>
internal sealed class Patience
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;
    private readonly Action<string> _note;
    private readonly ResiliencePipeline _pipeline;
    private long? _failingSince;

    public Patience(TimeSpan limit, TimeProvider clock, Action<string> note)
    {
        _limit = limit;
        _clock = clock;
        _note = note;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthwhile(arguments.Outcome.Exception)),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Pause(arguments.AttemptNumber, arguments.Outcome.Exception)),
            })
            .Build();
    }

    /// <summary>Does something, again and again if need be. One call at a time.</summary>
    public async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        _failingSince = null;
        return await _pipeline.ExecuteAsync(async token => await action(token), cancellationToken);
    }

    private static TimeSpan Pause(int failures, Exception? exception)
    {
        TimeSpan usual = FirstPause * Math.Pow(2, Math.Min(failures, 10));
        usual = usual < LongestPause ? usual : LongestPause;
        return (exception as ServerException)?.RetryAfter is { } asked && asked > usual ? asked : usual;
    }

    private bool IsWorthwhile(Exception? exception)
    {
        if (exception is not ServerException failure || !MayPass(failure))
            return false;
        bool isFirst = _failingSince is null;
        _failingSince ??= _clock.GetTimestamp();
        TimeSpan left = _limit - _clock.GetElapsedTime(_failingSince.Value);
        if (left <= TimeSpan.Zero || failure.RetryAfter > left)
            return false;
        if (isFirst)
            _note(FormattableString.Invariant($"{failure.Message}; trying again for up to {_limit.TotalSeconds:0} s"));
        return true;
    }

    private static bool MayPass(ServerException failure) => failure.Status switch
    {
        null => failure.InnerException is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError
        },
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => false,
        { } status => (int)status >= 500,
    };
}
