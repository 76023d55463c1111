using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Endpoints;
using ServerlessConcurrency.Api.Engines;

namespace ServerlessConcurrency.Api;

/// <summary>Puts the API into a program.</summary>
public static class ExperimentApiExtensions
{
    /// <summary>
    /// Registers the endpoint classes. They need an <see cref="IExperimentEngine"/>, an
    /// <see cref="Core.Documents.IExperimentStore"/> and a <see cref="TimeProvider"/>, each registered as a singleton.
    /// </summary>
    public static IServiceCollection AddExperimentApi(this IServiceCollection services) => services
        .AddSingleton<ExperimentEndpoints>()
        .AddSingleton<ResultEndpoints>()
        .AddSingleton<ComparisonEndpoints>()
        .AddSingleton<ServiceEndpoints>();

    /// <summary>Maps every route of the API, below <c>/api</c>.</summary>
    public static RouteGroupBuilder MapExperimentApi(this IEndpointRouteBuilder routes)
    {
        var experiments = routes.ServiceProvider.GetRequiredService<ExperimentEndpoints>();
        var results = routes.ServiceProvider.GetRequiredService<ResultEndpoints>();
        var comparisons = routes.ServiceProvider.GetRequiredService<ComparisonEndpoints>();
        var service = routes.ServiceProvider.GetRequiredService<ServiceEndpoints>();
        RouteGroupBuilder api = routes.MapGroup(ApiRoutes.Prefix);
        Map(api, HttpMethods.Post, ApiRoutes.Experiments, experiments.StartAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Experiments, experiments.ListAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Experiment, experiments.GetAsync);
        Map(api, HttpMethods.Delete, ApiRoutes.Experiment, experiments.DeleteAsync);
        Map(api, HttpMethods.Post, ApiRoutes.Cancel, experiments.CancelAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Timings, results.TimingsAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Trace, results.TraceAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Report, results.ReportAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Comparison, comparisons.CompareAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Workloads, service.WorkloadsAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Health, service.HealthAsync);
        Map(api, HttpMethods.Get, ApiRoutes.OpenApi, service.OpenApiAsync);
        Map(api, HttpMethods.Get, ApiRoutes.Dashboard, (request, _) => Task.FromResult(ServiceEndpoints.Dashboard(request)));
        return api;
    }

    /// <summary>Maps what only a server of its own can have: an answer that stays open, and the root.</summary>
    internal static void MapLocalRoutes(this IEndpointRouteBuilder routes, RouteGroupBuilder api)
    {
        Map(api, HttpMethods.Get, ApiRoutes.Events, routes.ServiceProvider.GetRequiredService<EventEndpoints>().FollowAsync);
        routes.MapMethods("/", [HttpMethods.Get], context => Results.LocalRedirect($"/{ApiRoutes.Prefix}/{ApiRoutes.Dashboard}").ExecuteAsync(context));
    }

    private static void Map(
        RouteGroupBuilder api, string method, string route, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint) =>
        Map(api, method, route, (request, _, cancellationToken) => endpoint(request, cancellationToken));

    // Request delegates rather than typed ones, which would need reflection and generated code at the first request.
    private static void Map(
        RouteGroupBuilder api, string method, string route, Func<HttpRequest, string, CancellationToken, Task<IResult>> endpoint) =>
        api.MapMethods(route, [method], async (HttpContext context) =>
        {
            string id = context.GetRouteValue("id") as string ?? "";
            IResult result = await endpoint(context.Request, id, context.RequestAborted);
            await result.ExecuteAsync(context);
        });
}
