using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Endpoints;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Functions.FanOut;
using ServerlessConcurrency.Functions.Runs;

namespace ServerlessConcurrency.Functions.Http;

/// <summary>The HTTP API as functions: the same endpoints as in <c>sconc serve</c>, each behind a function key but health.</summary>
/// <param name="results">Ends experiments whose orchestration cannot.</param>
/// <param name="fanOut">How fan-outs treat their activities.</param>
public sealed class ExperimentFunctions(IExperimentStore store, ExperimentResults results, FanOutOptions fanOut)
{
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

    /// <summary>Tells that the app is there; needs no key.</summary>
    /// <returns>200.</returns>
    [Function("GetHealth")]
    public Task<IResult> HealthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoutes.Health)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Service(client).HealthAsync(request, cancellationToken);

    [Function("GetOpenApi")]
    public Task<IResult> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ApiRoutes.OpenApi)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => Service(client).OpenApiAsync(request, cancellationToken);

    private ExperimentEndpoints Experiments(DurableTaskClient client) => new(store, Engine(client), TimeProvider.System);

    private ResultEndpoints Results(DurableTaskClient client) => new(store, Engine(client));

    private ServiceEndpoints Service(DurableTaskClient client) => new(Engine(client));

    private DurableExperimentEngine Engine(DurableTaskClient client) => new(client, store, results, fanOut);
}
