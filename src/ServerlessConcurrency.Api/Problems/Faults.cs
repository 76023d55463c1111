using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Problems;

/// <summary>Turns what endpoints throw into the problem that stands for it.</summary>
internal static class Faults
{
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EnginePause = TimeSpan.FromSeconds(10);

    /// <summary>Answers a request; what it throws becomes a problem if there is one for it.</summary>
    public static async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> endpoint)
    {
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        try
        {
            return await endpoint();
        }
        catch (Exception exception) when (Describe(exception) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>The problem that stands for an exception; null where there is none.</summary>
    public static ProblemResult? Describe(Exception exception) => exception switch
    {
        StorageUnavailableException => new(StatusCodes.Status503ServiceUnavailable, exception.Message) { RetryAfter = StoragePause },
        EngineUnavailableException => new(StatusCodes.Status503ServiceUnavailable, exception.Message) { RetryAfter = EnginePause },
        EngineBusyException => new(StatusCodes.Status429TooManyRequests, exception.Message) { RetryAfter = EnginePause },
        ExperimentConflictException => new(StatusCodes.Status409Conflict, exception.Message),
        // 413 and 415 are told by this API.
        BadHttpRequestException bad => ProblemResult.OfTransport(bad.StatusCode) ?? new(bad.StatusCode, exception.Message),
        // A stored file that cannot be read or written: its message says which, and why.
        InvalidDataException or IOException or UnauthorizedAccessException => new(StatusCodes.Status500InternalServerError, exception.Message),
        _ => null,
    };
}
