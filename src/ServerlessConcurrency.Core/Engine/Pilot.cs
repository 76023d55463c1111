using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// Knows how often a run is repeated within its round, so that it is long enough to be measured. The number is found as in the pilot
/// stage of BenchmarkDotNet (https://benchmarkdotnet.org/articles/guides/how-it-works.html): unmeasured executions, doubled in number
/// until they take long enough together; once for each workload, model, degree and number in flight, so that it does not depend on what is measured.
/// </summary>
internal sealed class Pilot
{
    public const int MostRepeats = 1_000;

    // So much above the least, a run can be taken as its own measurement: it would never have been repeated.
    private const int ClearlyLongEnough = 5;

    // The engine of a Functions app lives on from one experiment to the next, which may ask for another length.
    private readonly Dictionary<(WorkloadSpec Workload, string Model, int Degree, int? InFlight, double ShortestMs), int> _found = [];

    /// <summary>How often a run of this kind is to be carried out, as far as that is known.</summary>
    /// <param name="shortestMs">How long all repetitions are to take together, in ms.</param>
    /// <returns>1 to <see cref="MostRepeats"/>; null where it is still to be found.</returns>
    public int? Repeats(PlannedRun run, double shortestMs) =>
        _found.TryGetValue(Key(run, shortestMs), out int repeats) ? repeats : null;

    /// <summary>Takes down how often a run of this kind is to be carried out.</summary>
    public void Learn(PlannedRun run, double shortestMs, int repeats) => _found[Key(run, shortestMs)] = repeats;

    public static int Next(int repeats) => Math.Min(2 * repeats, MostRepeats);

    /// <summary>Whether repetitions need no more of them: they took long enough together, or there are no more.</summary>
    public static bool IsEnough(RunRepetitions repetitions, double shortestMs) =>
        repetitions.TotalMs >= shortestMs || repetitions.Count >= MostRepeats;

    /// <summary>Whether an execution that was to be a pilot may count as the measurement.</summary>
    public static bool IsMeasurement(RunRepetitions repetitions, double shortestMs) =>
        repetitions.Count == 1 && repetitions.TotalMs >= ClearlyLongEnough * shortestMs;

    private static (WorkloadSpec Workload, string Model, int Degree, int? InFlight, double ShortestMs) Key(PlannedRun run, double shortestMs) =>
        (run.Workload, run.Model, run.Degree, run.InFlight, shortestMs);
}
