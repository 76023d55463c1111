using System.Net;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Submit;

/// <summary>The server did not do what it was asked for.</summary>
/// <param name="status">The HTTP status; null where there was no answer.</param>
/// <param name="retryAfter">After what time it wants to be asked again; null if it did not say.</param>
internal sealed class ServerException(
    string message,
    HttpStatusCode? status,
    IReadOnlyList<SpecError>? errors = null,
    TimeSpan? retryAfter = null,
    Exception? cause = null) : Exception(message, cause)
{
    public HttpStatusCode? Status { get; } = status;

    public IReadOnlyList<SpecError> Errors { get; } = errors ?? [];

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
