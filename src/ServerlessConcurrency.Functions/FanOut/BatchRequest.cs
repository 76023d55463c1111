namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>The input of <see cref="ExecuteTaskBatch"/>: a share of a run's tasks.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="RunId">The run.</param>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of each task.</param>
/// <param name="FirstTask">The index of the first task.</param>
/// <param name="Tasks">How many tasks.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="TimeoutSeconds">How long each task may take: the share may take that times its tasks.</param>
/// <param name="Attempt">1 for the first attempt at this share.</param>
/// <param name="QueuedTicks">When the orchestration scheduled it, by <see cref="Core.Measurement.UtcClock"/>.</param>
public sealed record BatchRequest(
    string ExperimentId,
    string RunId,
    string Workload,
    long Size,
    int FirstTask,
    int Tasks,
    long Seed,
    double TimeoutSeconds,
    int Attempt,
    long QueuedTicks);
