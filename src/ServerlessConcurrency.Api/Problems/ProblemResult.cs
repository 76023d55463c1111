using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Api.Problems;

/// <summary>An error as RFC 9457 has it, whatever services the hosting program has registered.</summary>
internal sealed class ProblemResult(int status, string detail) : IResult, IStatusCodeHttpResult
{
    /// <summary>The media type of problem details in JSON (RFC 9457, section 6.1).</summary>
    public const string MediaType = "application/problem+json";

    private static readonly TimeSpan UnderWayPause = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with which field, parameter or header; may be empty.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>After what time to try again; null if that is of no use.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int? StatusCode => status;

    public string Detail => detail;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(ToDetails(), ExperimentJson.Compact, MediaType, httpContext.RequestAborted);
    }

    public ProblemDetails ToDetails()
    {
        var problem = new ProblemDetails
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
        };
        if (Errors.Count > 0)
            problem.Extensions["errors"] = Errors;
        return problem;
    }

    /// <summary>What a server refuses in its own words, or without any; null where it is something else.</summary>
    public static ProblemResult? OfTransport(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "this is no request that HTTP/1.1 knows: its first line, a header or the form of its body is wrong"),
        StatusCodes.Status408RequestTimeout => new(status, "the request did not arrive in time: it stopped, or came very slowly"),
        _ => null,
    };

    /// <summary>A parameter or header that cannot be used.</summary>
    public static ProblemResult BadInput(params IReadOnlyList<SpecError> errors) =>
        new(StatusCodes.Status400BadRequest, string.Join("; ", errors)) { Errors = errors };

    public static ProblemResult NoSuchRoute(HttpRequest request) => new(
        StatusCodes.Status404NotFound, $"there is nothing at {request.Path}; GET /{ApiRoutes.Prefix}/{ApiRoutes.OpenApi} lists what there is");

    /// <param name="allow">The methods that the route has, as header <c>Allow</c> has them.</param>
    public static ProblemResult NoSuchMethod(HttpRequest request, string allow) =>
        new(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed here; allowed: {allow}");

    public static ProblemResult NoSuchExperiment(string id) => new(
        StatusCodes.Status404NotFound,
        ExperimentId.IsValid(id) ? $"there is no experiment {id}" : "that is not the id of an experiment, e.g. 20260131-093000-k7qd");

    /// <summary>Claims, asked for what only runs have.</summary>
    public static ProblemResult NoRuns(MeasurementDocument claims) => new(
        StatusCodes.Status404NotFound,
        $"experiment {claims.Id} measures claims: it has no runs, and so neither timings nor a trace nor anything to compare; its figures are in the experiment "
        + "and in its report");

    /// <summary>An experiment that has not ended, asked for what it has only then.</summary>
    public static ProblemResult UnderWay(MeasurementDocument document)
    {
        ExperimentProgress progress = document.Progress;
        string state = document.Status == ExperimentStatus.Pending ? "waits for its turn" : "is under way";
        string current = progress.CurrentRun is null ? "" : $" ({progress.CurrentRun})";
        return new ProblemResult(
            StatusCodes.Status409Conflict,
            FormattableString.Invariant(
                $"experiment {document.Id} {state}: {progress.RunsDone} of {Counted.Of(progress.RunsTotal, "run is", "runs are")} done{current}; ask again when it has ended"))
        {
            RetryAfter = UnderWayPause,
        };
    }
}
