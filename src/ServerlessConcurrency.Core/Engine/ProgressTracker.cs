using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Counts the runs of an experiment and tells an observer.</summary>
/// <param name="initial">Before the first run.</param>
/// <param name="observer">Is told of every change; may be null.</param>
internal sealed class ProgressTracker(ExperimentProgress initial, IProgress<ExperimentProgress>? observer)
{
    public ExperimentProgress Current { get; private set; } = initial;

    public void Begin(PlannedRun run) => Tell(Current with { CurrentRun = run.ToString() });

    public void End(TimeSpan measured) => Tell(Current with { RunsDone = Current.RunsDone + 1, CurrentRun = null, MeasuredMs = measured.TotalMilliseconds });

    /// <summary>A run's timings are handed to the sinks, which takes a while where there are many.</summary>
    public void Store(int timings) => Tell(Current with { CurrentRun = FormattableString.Invariant($"storing {timings:N0} timings") });

    /// <summary>They are handed over; so many wait in memory until the storage takes them.</summary>
    public void Wait(int timings)
    {
        if (Current.WaitingTimings != timings)
            Tell(Current with { WaitingTimings = timings });
    }

    /// <summary>What the experiment goes on for.</summary>
    public void WaitFor(string? what) => Tell(Current with { WaitsFor = what });

    public void Extend(int runs) => Tell(Current with { RunsTotal = Current.RunsTotal + runs });

    /// <summary>No further run comes, though precision or the time budget may have saved some of the planned ones.</summary>
    public void Complete()
    {
        if (Current.RunsTotal != Current.RunsDone)
            Tell(Current with { RunsTotal = Current.RunsDone });
    }

    private void Tell(ExperimentProgress progress)
    {
        Current = progress;
        observer?.Report(progress);
    }
}
