namespace ServerlessConcurrency.Workers.ColdStart;

/// <summary>What a fresh process needs to know of the run it carries out.</summary>
/// <param name="Model">The id of the model, one of those that work inside one process.</param>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="RunId">The run.</param>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of every task, in the workload's unit.</param>
/// <param name="Tasks">How many tasks are executed.</param>
/// <param name="FirstTask">The index of the first of them.</param>
/// <param name="Degree">How many threads work at once.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="TaskTimeout">How long a task may take.</param>
/// <param name="BeganTicks">When the run began: the tasks wait since then, for the process to start.</param>
internal sealed record ColdRun(
    string Model,
    string ExperimentId,
    string RunId,
    string Workload,
    long Size,
    int Tasks,
    int FirstTask,
    int Degree,
    long Seed,
    TimeSpan TaskTimeout,
    long BeganTicks);
