namespace ServerlessConcurrency.Core.Experiments;

/// <summary>
/// Decides how often a run is repeated within its round, so that it is long enough to be measured, as the pilot stage of
/// BenchmarkDotNet does: by an execution of its own, before the measured ones, so that the number does not depend on what is measured.
/// Warm-up runs serve as such; it is decided once for each workload and model.
/// </summary>
internal sealed class Pilot
{
    /// <summary>The most repetitions.</summary>
    public const int MostRepeats = 1_000;

    // So much above the least, a run can be taken as its own measurement: it would never have been repeated.
    private const int ClearlyLongEnough = 5;

    private readonly Dictionary<(WorkloadSpec Workload, string Model, int Degree), TimeSpan> _seen = [];

    /// <summary>Whether a run of this kind was executed before.</summary>
    public bool Knows(PlannedRun run) => _seen.ContainsKey(Key(run));

    /// <summary>Takes down how long a run took that is not measured.</summary>
    public void Learn(PlannedRun run, TimeSpan wall) => _seen[Key(run)] = wall;

    /// <summary>How often a run of a known kind is to be carried out.</summary>
    /// <returns>1 to <see cref="MostRepeats"/>.</returns>
    public int Repeats(PlannedRun run, TimeSpan shortest)
    {
        TimeSpan seen = _seen[Key(run)];
        return seen >= shortest ? 1
            : seen * MostRepeats <= shortest ? MostRepeats
            : (int)Math.Ceiling(shortest / seen);
    }

    /// <summary>Whether an execution that was to be a pilot may count as the measurement.</summary>
    public static bool IsMeasurement(TimeSpan wall, TimeSpan shortest) => wall >= shortest * ClearlyLongEnough;

    private static (WorkloadSpec Workload, string Model, int Degree) Key(PlannedRun run) => (run.Workload, run.Model, run.Degree);
}
