using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using ServerlessConcurrency.Api.Contracts;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Starts, lists, reads, ends and removes experiments. Safe for all threads; one for the life of the program.</summary>
public sealed class ExperimentEndpoints(IExperimentStore store, IExperimentEngine engine, TimeProvider clock)
{
    private const int DefaultTop = 20;
    private const int LargestTop = 1_000;
    private readonly ExperimentStarter _starter = new(store, engine, clock);
    private readonly ObservedExperiments _known = new(store, engine);
    private readonly SharedAnswers<(int Top, string? AfterId), ExperimentPage> _pages = new(page => ReadPageAsync(new(store, engine), page.Top, page.AfterId));

    /// <summary><c>POST experiments</c>: starts the experiment of the spec in the body.</summary>
    /// <param name="request">The request; may name the experiment in the header <see cref="ApiRoutes.IdHeader"/>.</param>
    /// <returns>202 with <see cref="ExperimentLinks"/>, or a problem.</returns>
    public Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken) => Faults.AnswerAsync(request, async () =>
    {
        byte[] body = await SpecRequest.ReadAsync(request, cancellationToken);
        string? id = request.Headers.TryGetValue(ApiRoutes.IdHeader, out var values) ? values.ToString() : null;
        if (id is not null && !ExperimentId.IsValid(id))
            return ProblemResult.BadInput(new SpecError(ApiRoutes.IdHeader, "is not an experiment id, e.g. 20260131-093000-k7qd"));
        if (id is not null && !ExperimentId.HasTime(id))
            return ProblemResult.BadInput(new SpecError(ApiRoutes.IdHeader, $"'{id}' does not begin with a date and a time (UTC), as 20260131-093000-k7qd does"));
        SpecRules rules = engine.Rules;
        SpecResult result = SpecReader.Read(body, rules);
        if (result.Spec is not { } spec)
        {
            string mistakes = result.Errors.Count == 1 ? "a mistake" : FormattableString.Invariant($"{result.Errors.Count} mistakes");
            return new ProblemResult(StatusCodes.Status400BadRequest, rules.Refusal ?? $"the spec has {mistakes}") { Errors = result.Errors };
        }

        ExperimentLinks links = LinksTo(request, await _starter.StartAsync(spec, id), spec);
        request.HttpContext.Response.Headers.Location = links.StatusUrl.ToString();
        return Json(links, StatusCodes.Status202Accepted);
    });

    /// <summary><c>GET experiments</c>: lists experiments, newest first.</summary>
    /// <param name="request">The request: <c>top</c>, 1 to 1,000, 20 unless given, and <c>continuation</c>.</param>
    /// <returns>200 with an <see cref="ExperimentPage"/>, or a problem.</returns>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => Faults.AnswerAsync(request, async () =>
    {
        int top = DefaultTop;
        string? given = request.Query["top"];
        if (given is not null
            && (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out top) || top is < 1 or > LargestTop))
            return ProblemResult.BadInput(new SpecError("top", "is not a whole number in range; expected 1 to 1000"));
        string? afterId = request.Query["continuation"];
        if (afterId is not null && !ExperimentId.IsValid(afterId))
            return ProblemResult.BadInput(new SpecError("continuation", "is not what an earlier page gave"));

        // Many dashboards ask for the same page, and a storage has as much to do with each.
        return Json(await _pages.GetAsync((top, afterId)).WaitAsync(cancellationToken));
    });

    /// <summary><c>GET experiments/{id}</c>: an experiment as it is now.</summary>
    /// <returns>200 with the <see cref="MeasurementDocument"/>, or a problem.</returns>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () => await _known.FindAsync(id, cancellationToken) is { } document
            ? Json(document)
            : ProblemResult.NoSuchExperiment(id));

    /// <summary><c>POST experiments/{id}/cancel</c>: ends an experiment and keeps what was measured.</summary>
    /// <returns>The <see cref="MeasurementDocument"/>, with 202 if it has yet to end, else 200; or a problem.</returns>
    public Task<IResult> CancelAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () =>
        {
            MeasurementDocument? document = await _known.FindAsync(id, cancellationToken);
            if (document is not null && !document.Status.HasEnded())
            {
                await engine.CancelAsync(document, cancellationToken);
                document = await _known.FindAsync(id, cancellationToken);
            }

            return document is null
                ? ProblemResult.NoSuchExperiment(id)
                : Json(document, document.Status.HasEnded() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
        });

    /// <summary><c>DELETE experiments/{id}</c>: ends an experiment if it is under way, and removes everything of it.</summary>
    /// <returns>204, or a problem.</returns>
    public Task<IResult> DeleteAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        Faults.AnswerAsync(request, async () =>
        {
            if (!ExperimentId.IsValid(id))
                return ProblemResult.NoSuchExperiment(id);
            MeasurementDocument? document = await _known.FindReadableAsync(id, cancellationToken);
            if (document is not null)
                await engine.ForgetAsync(document, cancellationToken);
            // Also without a document: an earlier removal may have left something behind.
            bool removed = await store.DeleteAsync(id, cancellationToken);
            return removed || document is not null ? Results.NoContent() : ProblemResult.NoSuchExperiment(id);
        });

    private static async Task<ExperimentPage> ReadPageAsync(ObservedExperiments known, int top, string? afterId)
    {
        var experiments = new List<MeasurementDocument>();
        // One more than asked for tells whether there is a next page.
        await foreach (MeasurementDocument experiment in known.ListAsync(afterId))
        {
            if (experiments.Count == top)
                return new ExperimentPage(experiments, experiments[^1].Id);
            experiments.Add(experiment);
        }

        return new ExperimentPage(experiments, null);
    }

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ExperimentJson.Compact, statusCode: status);

    private static ExperimentLinks LinksTo(HttpRequest request, string id, MeasurementSpec spec)
    {
        Uri To(string route) => new(UriHelper.BuildAbsolute(
            request.Scheme,
            request.Host,
            request.PathBase,
            $"/{ApiRoutes.Prefix}/{route.Replace("{id}", id, StringComparison.Ordinal)}"));
        return spec is ClaimsSpec
            ? new ExperimentLinks(id, To(ApiRoutes.Experiment), To(ApiRoutes.Report))
            : new ExperimentLinks(
                id, To(ApiRoutes.Experiment), To(ApiRoutes.Report), To(ApiRoutes.Timings), To(ApiRoutes.Trace));
    }
}
