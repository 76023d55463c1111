using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>What stored timings lack of what the runs of an experiment had, e.g. because a file was deleted.</summary>
public static class MissingTimings
{
    private const int MostNamed = 3;

    /// <summary>How many timings of a run are missing, as far as that can be told: every task has one, whatever became of it, and every further attempt.</summary>
    public static int Of(RunTimings run)
    {
        int tasks = run.Timings.Where(timing => IsOf(run.Run, timing)).Select(timing => timing.TaskIndex).Distinct().Count();
        int retried = run.Timings.Count(timing => timing.Attempt > 1);
        return Math.Max(0, Math.Max(run.Run.Tasks - tasks, run.Run.Retried - retried));
    }

    /// <summary>Whether a run has all of its timings, and none that cannot be of it.</summary>
    public static bool AreNoneOf(RunTimings run) => Of(run) == 0 && run.Timings.All(timing => IsOf(run.Run, timing));

    /// <summary>What is wrong with an experiment that has runs, and none of whose timings is left.</summary>
    public static InvalidDataException OfAll(ExperimentDocument document) =>
        new($"experiment {document.Id} has {Counted.Of(document.Runs.Count, "run")}, and none of their timings is left");

    /// <summary>Passes timings on, and tells at their end which runs lack how many.</summary>
    /// <param name="document">The experiment with the runs that were asked for.</param>
    /// <param name="stored">What there is of them.</param>
    /// <param name="place">Where they are stored.</param>
    /// <param name="notes">Is told; null: nobody is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<RunTimings> TellAsync(
        ExperimentDocument document,
        IAsyncEnumerable<RunTimings> stored,
        string place,
        IProgress<string>? notes,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Dictionary<string, int> missing = document.Runs.ToDictionary(run => run.RunId, run => run.Tasks);
        await foreach (RunTimings run in stored.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (notes is not null)
                missing[run.Run.RunId] = Of(run);
            yield return run;
        }

        (string RunId, int Timings)[] lacking = [.. document.Runs.Select(run => (run.RunId, missing[run.RunId])).Where(run => run.Item2 > 0)];
        if (lacking.Length > 0)
            notes?.Report($"{place}: {Counted.Of(lacking.Sum(run => (long)run.Timings), "timing")} of {Counted.Of(lacking.Length, "run")} missing: {Describe(lacking)}");
    }

    private static bool IsOf(RunResult run, TaskTiming timing) => timing.TaskIndex >= 0 && timing.TaskIndex < run.Tasks;

    private static string Describe((string RunId, int Timings)[] lacking)
    {
        string named = string.Join(", ", lacking.Take(MostNamed).Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Timings:N0} of {run.RunId}")));
        return lacking.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"{named} and {lacking.Length - MostNamed:N0} more") : named;
    }
}
