using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>The input of <see cref="CollectQueueResults"/>.</summary>
/// <param name="Document">The experiment, without its runs; its progress counts this run as done.</param>
/// <param name="Sent">What the sender of its tasks knows.</param>
public sealed record CollectRequest(ExperimentDocument Document, PlannedRun Run, QueueRun Sent)
{
    /// <summary>The span of the experiment, as W3C Trace Context writes it; null where it is not traced.</summary>
    public string? Trace { get; init; }
}
