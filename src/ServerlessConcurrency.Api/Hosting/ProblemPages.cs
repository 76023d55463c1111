using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessConcurrency.Api.Problems;

namespace ServerlessConcurrency.Api.Hosting;

/// <summary>Gives every error that has no body yet, and every exception, a problem as its body.</summary>
/// <param name="onFault">Is told of every unforeseen exception; may be null.</param>
internal sealed class ProblemPages(Action<Exception>? onFault)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpResponse response = context.Response;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            ProblemResult? known = Faults.Describe(exception);
            if (known is null)
                onFault?.Invoke(exception);
            if (response.HasStarted)
                throw;
            response.Clear();
            await (known ?? new ProblemResult(
                StatusCodes.Status500InternalServerError,
                "something went wrong that should not have; the server's standard error says what")).ExecuteAsync(context);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is left to answer.
            return;
        }

        if (!response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest && response.ContentType is null)
            await Describe(context).ExecuteAsync(context);
    }

    private static ProblemResult Describe(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemResult.NoSuchRoute(context.Request),
        StatusCodes.Status405MethodNotAllowed => ProblemResult.NoSuchMethod(context.Request, context.Response.Headers.Allow.ToString()),
        int status => new ProblemResult(status, ReasonPhrases.GetReasonPhrase(status)),
    };
}
