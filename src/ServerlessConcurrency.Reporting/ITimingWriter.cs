using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting;

/// <summary>
/// A file of timings being written: while the experiment runs, or later from storage. Disposing it writes the end of the
/// file; without that (after <c>kill -9</c>) the file still holds every run that was written. Not safe for several threads.
/// </summary>
public interface ITimingWriter : IAsyncDisposable
{
    /// <summary>Appends the rows of a run and flushes the output.</summary>
    /// <param name="run">The run and its rows.</param>
    /// <param name="cancellationToken">Gives up; the file then ends where it is and takes no more runs.</param>
    /// <returns>A task that ends when the output was flushed.</returns>
    /// <exception cref="IOException">The output cannot be written; the file then ends where it is.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed or was cancelled in the middle of a run.</exception>
    ValueTask WriteAsync(RunTimings run, CancellationToken cancellationToken = default);
}
