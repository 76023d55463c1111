using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>What has come back from the activities of one generation.</summary>
/// <param name="tell">Is told how many tasks have ended for good.</param>
internal sealed class ActivityFanIn(FanOutState before, Action<int> tell)
{
    private readonly List<TaskAttempt> _attempts = [];
    private readonly List<string> _files = [];
    private readonly Dictionary<string, ResourceUsage> _usage = new(before.Usage);
    private readonly Dictionary<string, HostExecutions> _executions = new(before.Executions);
    private readonly List<double> _turnarounds = [];
    private int _ended;

    /// <summary>The attempts that came back by themselves.</summary>
    public IReadOnlyList<TaskAttempt> Attempts => _attempts;

    /// <summary>The files that hold the others.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>What each host has used so far.</summary>
    public IReadOnlyDictionary<string, ResourceUsage> Usage => _usage;

    /// <summary>What each host has executed so far.</summary>
    public IReadOnlyDictionary<string, HostExecutions> Executions => _executions;

    /// <summary>What passed from the end of a task until the next was scheduled in its place, one after another, in ms.</summary>
    public IReadOnlyList<double> Turnarounds => _turnarounds;

    /// <summary>What the first task that failed for good failed of.</summary>
    public string? FirstError { get; private set; }

    /// <summary>How many activities did not come back, e.g. because their process died.</summary>
    public int ActivitiesLost { get; private set; }

    public void Add(in TaskAttempt attempt) => _attempts.Add(attempt);

    /// <summary>Takes down what a share of the tasks came to.</summary>
    public void Add(BatchResult batch)
    {
        _attempts.AddRange(batch.Attempts);
        if (batch.File is not null)
            _files.Add(batch.File);
        if (batch.FirstError is not null)
            FirstError ??= batch.FirstError;
        Add(new HostIdentity(batch.Machine, batch.ProcessId), batch.Usage, batch.Executions);
    }

    /// <summary>So many tasks have ended for good, one way or the other.</summary>
    public void End(int tasks) => tell(_ended += tasks);

    /// <summary>An activity did not come back.</summary>
    public void AddLostActivity() => ActivitiesLost++;

    /// <summary>Takes down what an activity says of its host.</summary>
    public void Add(HostIdentity host, ResourceUsage usage, int executions)
    {
        HostUsage.Add(_usage, host, usage);
        HostExecutions.Add(_executions, host.Id, executions);
    }

    public void AddTurnaround(double milliseconds) => _turnarounds.Add(milliseconds);

    /// <summary>Names a task that failed for good.</summary>
    public void Fail(string error) => FirstError ??= error;
}
