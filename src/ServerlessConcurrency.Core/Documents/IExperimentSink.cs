using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>Takes what an experiment produces while it runs, e.g. into files or into storage. Called from one thread at a time.</summary>
public interface IExperimentSink
{
    /// <summary>How many timings it has been given and not yet put away.</summary>
    int WaitingTimings => 0;

    /// <summary>The experiment begins.</summary>
    /// <param name="document">What is known of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it was taken.</returns>
    Task BeginAsync(MeasurementDocument document, CancellationToken cancellationToken);

    /// <summary>A measured run has ended.</summary>
    /// <param name="document">The experiment so far.</param>
    /// <param name="run">The run and its rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it was taken.</returns>
    Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken);

    /// <summary>Something other than a run was measured, e.g. a claim.</summary>
    /// <param name="document">The experiment so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it was taken.</returns>
    Task UpdateAsync(MeasurementDocument document, CancellationToken cancellationToken);

    /// <summary>The experiment has ended, one way or another: called once, also after cancellation or failure.</summary>
    /// <param name="document">All of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it was taken.</returns>
    Task EndAsync(MeasurementDocument document, CancellationToken cancellationToken);
}
