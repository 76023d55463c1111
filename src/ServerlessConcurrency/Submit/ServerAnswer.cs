using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Submit;

/// <summary>Tells what an answer of a server that is no success means.</summary>
internal static class ServerAnswer
{
    private const int LongestProblem = 1024 * 1024;

    public static async Task ThrowUnlessSuccessAsync(
        ServerEndpoint endpoint, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        Problem? problem = await ReadProblemAsync(response, cancellationToken);
        string said = $"{endpoint} answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        string detail = problem?.Detail is { Length: > 0 } text ? $": {text}" : "";
        string advice = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when endpoint.Key is not null =>
                $"; it does not accept the key of --key or {ServerEndpoint.KeyVariable}",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"; give a function key of the app with --key, or in the environment variable {ServerEndpoint.KeyVariable}",
            HttpStatusCode.NotFound when problem is null => "; is --endpoint the address of this program's server?",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                $"; it refers to {response.Headers.Location}: give that address as --endpoint",
            _ => "",
        };
        throw new ServerException(said + detail + advice, response.StatusCode, problem?.Errors, RetryAfter(response.Headers));
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<Problem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestProblem, cancellationToken);
            return JsonSerializer.Deserialize<Problem>(
                await response.Content.ReadAsByteArrayAsync(cancellationToken), ExperimentJson.Compact);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException)
        {
            return null;
        }
    }

    private sealed record Problem(string? Detail = null, IReadOnlyList<SpecError>? Errors = null);
}
