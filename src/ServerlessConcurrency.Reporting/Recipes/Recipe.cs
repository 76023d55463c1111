using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Recipes;

/// <summary>How a Functions app does what a model does.</summary>
/// <param name="AtOnce">How many tasks were under way at once where it was measured.</param>
/// <param name="Code">The C#; <c>Item</c>, <c>Result</c> and <c>Work</c> are the reader's own.</param>
/// <param name="HostJson">What host.json says beside it, so that an instance does as much at once as was measured.</param>
/// <param name="Note">What is set elsewhere.</param>
public sealed record Recipe(string Model, int AtOnce, string Code, string HostJson, string Note)
{
    /// <summary>The recipes of the models that an experiment recommends, one for each model and number at once.</summary>
    public static IReadOnlyList<Recipe> Of(ExperimentDocument document) =>
    [
        .. document.Recommendation
            .Select(recommendation => (recommendation.Model, AtOnce: AtOnceOf(recommendation, document.Runs)))
            .Distinct()
            .Select(recommended => recommended.Model is { } model && CodeOf(model) is { } code ? Create(model, recommended.AtOnce, code) : null)
            .OfType<Recipe>(),
    ];

    private static int AtOnceOf(Recommendation recommendation, IReadOnlyList<RunResult> runs) => runs
        .Where(run => run.Workload == recommendation.Workload && run.Size == recommendation.Size && run.Model == recommendation.Model)
        .Select(run => run.InFlight ?? run.Degree)
        .DefaultIfEmpty(1)
        .First();

    private static Recipe Create(string model, int atOnce, string code)
    {
        ModelTraits traits = KnownModels.Get(model);
        (string extension, string settings, string note) = traits.NeedsTaskHub
            ? ("durableTask", "\"maxConcurrentActivityFunctions\": 1", "One activity at a time on an instance, as measured: more instances take more.")
            : traits.NeedsQueue
            ? ("queues", "\"batchSize\": 1, \"newBatchThreshold\": 0", "One message at a time on an instance, as measured: more instances take more.")
            : ("http", "\"maxConcurrentRequests\": 1", "One request at a time on an instance, as measured. On Flex Consumption so that it scales out: "
                + "az functionapp scale config set --trigger-type http --trigger-settings perInstanceConcurrency=1.");
        return new Recipe(
            model,
            atOnce,
            code.Replace("AtOnce = 2", string.Create(CultureInfo.InvariantCulture, $"AtOnce = {atOnce}"), StringComparison.Ordinal),
            $$"""{ "version": "2.0", "extensions": { "{{extension}}": { {{settings}} } } }""",
            note);
    }

    private static string? CodeOf(string model)
    {
        using Stream? resource = typeof(Recipe).Assembly.GetManifestResourceStream($"recipe-{model}.cs");
        if (resource is null)
            return null;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Trim();
    }
}
