using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Endpoints;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Functions.Http;

/// <summary>The HTTP API as functions: the same endpoints as in <c>sconc serve</c>, each behind a function key but health and the dashboard.</summary>
/// <param name="results">Ends experiments whose orchestration cannot.</param>
/// <param name="fanOut">How fan-outs treat their activities.</param>
public sealed class ExperimentFunctions(IExperimentStore store, ExperimentResults results, FanOutOptions fanOut)
{
    private const string AnyPath = "{*path}";

    private static readonly (string Method, TemplateMatcher Template)[] Routes =
    [
        .. from function in typeof(ExperimentFunctions).GetMethods()
           from parameter in function.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null && trigger.Route != AnyPath
           from method in trigger.Methods!
           select (method.ToUpperInvariant(), new TemplateMatcher(TemplateParser.Parse($"{ApiRoutes.Prefix}/{trigger.Route}"), [])),
    ];

    /// <returns>202 with links, or a problem.</returns>
    [Function("StartExperiment")]
    public Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Experiments)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Experiments(client).StartAsync(request, cancellationToken);

    [Function("ListExperiments")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Experiments)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Experiments(client).ListAsync(request, cancellationToken);

    /// <returns>The experiment, or 404.</returns>
    [Function("GetExperiment")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Experiment)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Experiments(client).GetAsync(request, id, cancellationToken);

    /// <summary>Ends an experiment and keeps what was measured.</summary>
    /// <returns>The experiment, or 404.</returns>
    [Function("CancelExperiment")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Cancel)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Experiments(client).CancelAsync(request, id, cancellationToken);

    /// <returns>204, or 404.</returns>
    [Function("DeleteExperiment")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ApiRoutes.Experiment)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Experiments(client).DeleteAsync(request, id, cancellationToken);

    [Function("GetTimings")]
    public Task<IResult> TimingsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Timings)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Results(client).TimingsAsync(request, id, cancellationToken);

    [Function("GetTrace")]
    public Task<IResult> TraceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Trace)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Results(client).TraceAsync(request, id, cancellationToken);

    /// <returns>HTML, or 404.</returns>
    [Function("GetReport")]
    public Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Report)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Results(client).ReportAsync(request, id, cancellationToken);

    /// <summary>Compares it with another.</summary>
    /// <returns>The comparison, or 404.</returns>
    [Function("GetComparison")]
    public Task<IResult> CompareAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Comparison)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => new ComparisonEndpoints(store, Engine(client)).CompareAsync(request, id, cancellationToken);

    /// <summary>Tells that the app is there; needs no key.</summary>
    /// <returns>200.</returns>
    [Function("GetHealth")]
    public Task<IResult> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoutes.Health)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Service(client).HealthAsync(request, cancellationToken);

    [Function("GetWorkloads")]
    public Task<IResult> WorkloadsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.Workloads)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Service(client).WorkloadsAsync(request, cancellationToken);

    [Function("GetOpenApi")]
    public Task<IResult> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.OpenApi)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Service(client).OpenApiAsync(request, cancellationToken);

    /// <summary>The page that asks for the key; needs none itself.</summary>
    /// <returns>HTML.</returns>
    [Function("GetDashboard")]
    public static IResult Dashboard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoutes.Dashboard)] HttpRequest request) => ServiceEndpoints.Dashboard(request);

    // The Functions host asks functions in the order of their names (FunctionMetadataManager): this one has to come last.
    /// <summary>Answers what no other function takes; needs no key.</summary>
    /// <returns>405 with the methods of the route, or 404.</returns>
    [Function("UnknownRoute")]
    public static IResult UnknownRoute(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", "get", "head", "options", "patch", "post", "put", Route = AnyPath)] HttpRequest request) =>
        ServiceEndpoints.Unknown(
            request, [.. Routes.Where(route => route.Template.TryMatch(request.Path, [])).Select(route => route.Method).Order(StringComparer.Ordinal)]);

    private ExperimentEndpoints Experiments(DurableTaskClient client) => new(store, Engine(client), TimeProvider.System);

    private ResultEndpoints Results(DurableTaskClient client) => new(store, Engine(client));

    private ServiceEndpoints Service(DurableTaskClient client) => new(Engine(client));

    private DurableExperimentEngine Engine(DurableTaskClient client) => new(client, store, results, fanOut);
}
