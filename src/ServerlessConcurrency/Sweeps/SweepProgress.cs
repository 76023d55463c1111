using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Sweeps;

/// <summary>The progress of a whole sweep, made from that of the experiment under way.</summary>
internal sealed class SweepProgress(IProgress<ExperimentProgress> display, IReadOnlyList<int> planned) : IProgress<ExperimentProgress>
{
    private int _experiment;
    private int _before;
    private string _label = "";

    public ExperimentProgress Current { get; private set; } = new(0, planned.Sum(), null);

    public void Begin(int experiment, string label)
    {
        _experiment = experiment;
        _before = Current.RunsDone;
        _label = label;
    }

    public void Report(ExperimentProgress value)
    {
        Current = new ExperimentProgress(
            _before + value.RunsDone, _before + value.RunsTotal + planned.Skip(_experiment + 1).Sum(), $"{_label}: {value.CurrentRun}");
        display.Report(Current);
    }
}
