using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Problems;

namespace ServerlessConcurrency.Api.Hosting;

/// <summary>
/// Turns away what a web page of elsewhere makes a browser on this machine send: requests under another name (DNS rebinding) and
/// requests from another origin that would change something.
/// </summary>
internal static class LoopbackGuard
{
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return RefuseAsync(context, "this server answers requests to localhost only; it was asked under another name");
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        string? origin = request.Headers.Origin;
        if (!reads && origin is not null && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return RefuseAsync(context, "a page of another origin may not change anything here");
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, string detail) =>
        new ProblemResult(StatusCodes.Status403Forbidden, detail).ExecuteAsync(context);
}
