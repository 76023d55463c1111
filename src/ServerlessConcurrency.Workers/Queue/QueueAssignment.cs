using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Crews;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>What a queue worker is told when a run begins. The tasks themselves travel over the queue only.</summary>
/// <param name="IsReplacement">Whether the worker takes the place of one that died in this run.</param>
public sealed record QueueAssignment(RunOrder Run, QueueOptions Options, bool IsReplacement = false) : IHostAssignment
{
    /// <summary>Whether a message was sent for another run of the experiment, which has ended by now.</summary>
    public bool IsLeftover(QueuedTask task) => task.Run.ExperimentId == Run.ExperimentId && task.Run.RunId != Run.RunId;

    /// <summary>Whether a message is a task of this run.</summary>
    public bool Covers(QueuedTask task) => task.Run == Run && task.Index >= 0 && task.Index < Run.Tasks;
}
