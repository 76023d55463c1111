using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>A model whose tasks have a known amount of work more.</summary>
/// <param name="id">The label.</param>
/// <param name="inner">The model.</param>
/// <param name="factor">By so much the size of each task is larger.</param>
internal sealed class SlowedModel(string id, ConcurrencyModel inner, double factor) : DelegatingModel(id, inner)
{
    public override Task ExecuteAsync(RunContext run) => base.ExecuteAsync(new RunContext
    {
        ExperimentId = run.ExperimentId,
        RunId = run.RunId,
        Workload = run.Workload,
        Size = (long)Math.Round(run.Size * factor),
        Tasks = run.Tasks,
        Seed = run.Seed,
        Degree = run.Degree,
        TaskTimeout = run.TaskTimeout,
        Recorder = run.Recorder,
        Clock = run.Clock,
        CancellationToken = run.CancellationToken,
    });
}
