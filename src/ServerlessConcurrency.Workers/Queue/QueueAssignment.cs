using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>What a queue worker is told when a run begins. The tasks themselves travel over the queue only.</summary>
/// <param name="ExperimentId">The experiment, and with it the queue.</param>
/// <param name="RunId">The run; messages of other runs are leftovers.</param>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Tasks">How many tasks the run has.</param>
/// <param name="Degree">How many workers share them.</param>
/// <param name="TaskTimeout">How long a task may take before its worker ends itself.</param>
/// <param name="IsReplacement">Whether the worker takes the place of one that died in this run.</param>
/// <param name="ColdStart">Whether the run begins with the start of its workers: what they use counts from then on.</param>
/// <param name="Options">How messages are treated.</param>
internal sealed record QueueAssignment(
    string ExperimentId,
    string RunId,
    string Workload,
    int Tasks,
    int Degree,
    TimeSpan TaskTimeout,
    bool IsReplacement,
    bool ColdStart,
    QueueOptions Options)
{
    /// <summary>Whether a message was sent for another run of the experiment, which has ended by now.</summary>
    public bool IsLeftover(QueuedTask task) => task.ExperimentId == ExperimentId && task.RunId != RunId;

    /// <summary>Whether a message is a task of this run.</summary>
    public bool Covers(QueuedTask task) =>
        task.ExperimentId == ExperimentId
        && task.RunId == RunId
        && task.Workload == Workload
        && task.Input.Index >= 0
        && task.Input.Index < Tasks;
}
