using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Two experiments, run by run. Safe for all threads; one for the life of the program.</summary>
public sealed class ComparisonEndpoints(IExperimentStore store, IExperimentEngine engine)
{
    private const string Reference = "with";
    private readonly ObservedExperiments _known = new(store, engine);

    /// <summary><c>GET experiments/{id}/comparison</c>: what became faster or slower since another experiment.</summary>
    /// <param name="request">The request: <c>with</c>, the id of the experiment that is the reference.</param>
    /// <returns>200 with an <see cref="ExperimentComparison"/>, or a problem: 409 while one of them is under way, 404 for claims.</returns>
    public Task<IResult> CompareAsync(HttpRequest request, string id, CancellationToken cancellationToken) => Faults.AnswerAsync(request, async () =>
    {
        string reference = request.Query[Reference].ToString();
        if (!ExperimentId.IsValid(reference))
            return ProblemResult.BadInput(new SpecError(Reference, "is not an experiment id, e.g. 20260131-093000-k7qd"));
        (ExperimentDocument? after, ProblemResult? problem) = await FindAsync(id, cancellationToken);
        if (after is null)
            return problem!;
        (ExperimentDocument? before, problem) = await FindAsync(reference, cancellationToken);
        if (before is null)
            return problem!;
        ExperimentComparison comparison = ExperimentComparer.Compare(before, after);
        return comparison.Runs.Count > 0
            ? Results.Json(comparison, ExperimentJson.Compact)
            : ProblemResult.BadInput(new SpecError(Reference, $"{reference} and {id} have no workload, size, number of tasks and model in common"));
    });

    private async Task<(ExperimentDocument? Document, ProblemResult? Problem)> FindAsync(string id, CancellationToken cancellationToken) =>
        await _known.FindAsync(id, cancellationToken) switch
        {
            null => (null, ProblemResult.NoSuchExperiment(id)),
            { Status: var status } document when !status.HasEnded() => (null, ProblemResult.UnderWay(document)),
            ExperimentDocument experiment => (Checked(experiment), null),
            var claims => (null, ProblemResult.NoRuns(claims)),
        };

    private static ExperimentDocument Checked(ExperimentDocument stored) => ExperimentComparer.Check(stored) is [var error, ..]
        ? throw new InvalidDataException($"what is stored of {stored.Id} cannot be compared: {error}")
        : stored;
}
