using System.Reflection;
using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Dashboard;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Api.OpenApi;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>What the API says of itself. Safe for all threads.</summary>
public sealed class ServiceEndpoints(IExperimentEngine engine)
{
    private static readonly string Version = typeof(ServiceEndpoints).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly Lazy<byte[]> _description = new(() => OpenApiDocument.Create(Version, engine.Rules));

    /// <summary><c>GET health</c>: the program is there, and the engine could store an experiment.</summary>
    /// <returns>200 with a <see cref="HealthState"/>; 503 where the engine says that it could not.</returns>
    public Task<IResult> HealthAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () =>
        {
            await engine.CheckAsync(cancellationToken);
            return Results.Json(new HealthState("healthy", engine.Environment.Engine, Version), ExperimentJson.Compact);
        });

    /// <summary><c>GET workloads</c>: what a spec may ask this engine for.</summary>
    /// <returns>200 with a <see cref="WorkloadList"/>.</returns>
    public Task<IResult> WorkloadsAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, () => Task.FromResult(Results.Json(WorkloadList.Of(engine.Rules), ExperimentJson.Compact)));

    /// <summary><c>GET dashboard</c>: the page from which people use the API. It holds no data, and asks for a key where the API does.</summary>
    /// <returns>200 with HTML; 302 from an address that ends with a slash, next to which there is nothing of what the page asks for.</returns>
    public static IResult Dashboard(HttpRequest request)
    {
        if (request.Path.Value!.EndsWith('/'))
            return Results.Redirect("../dashboard");
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = DashboardPage.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(DashboardPage.Content, "text/html; charset=utf-8");
    }

    /// <summary>Answers what no route takes.</summary>
    /// <param name="allowed">The methods that there are for the request's path; may be empty.</param>
    /// <returns>405 with <c>Allow</c>, or 404.</returns>
    public static IResult Unknown(HttpRequest request, IReadOnlyList<string> allowed)
    {
        if (allowed.Count == 0)
            return ProblemResult.NoSuchRoute(request);
        string allow = string.Join(", ", allowed);
        request.HttpContext.Response.Headers.Allow = allow;
        return ProblemResult.NoSuchMethod(request, allow);
    }

    /// <summary><c>GET openapi.json</c>: the API as an OpenAPI 3.1 document.</summary>
    /// <returns>200 with the document.</returns>
    public Task<IResult> OpenApiAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, () => Task.FromResult(Results.Bytes(_description.Value, "application/json")));
}
