using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// Looks at the runs of an experiment from outside: the clock of the calendar from before a run is prepared until after it has been
/// summed up, all repetitions of it together.
/// </summary>
internal sealed class RunWatch : IProgress<ExperimentProgress>
{
    private readonly List<TimeSpan> _times = [];
    private DateTime _began;

    /// <summary>What each run took, unmeasured ones included, in the order in which they ran.</summary>
    public IReadOnlyList<TimeSpan> Times => _times;

    public void Report(ExperimentProgress value)
    {
        DateTime now = DateTime.UtcNow;
        if (value.CurrentRun is not null)
            _began = now;
        else if (value.RunsDone > _times.Count)
            _times.Add(now - _began);
    }
}
