using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Validation;

/// <summary>A model whose tasks have a known amount of work more.</summary>
/// <param name="id">The label.</param>
/// <param name="inner">The model.</param>
/// <param name="factor">By so much the size of each task is larger.</param>
internal sealed class SlowedModel(string id, ConcurrencyModel inner, double factor) : DelegatingModel(id, inner)
{
    public override Task ExecuteAsync(RunContext run)
    {
        RunOrder slowed = run.Order with { Size = (long)Math.Round(run.Order.Size * factor) };
        return base.ExecuteAsync(new RunContext(slowed, run.Workload, run.CancellationToken) { Recorder = run.Recorder, Clock = run.Clock });
    }
}
