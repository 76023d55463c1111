using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Exporting;

/// <summary>
/// A file of timings being written: while the experiment runs, or later from storage. Disposing it writes the end of the
/// file; without that (after <c>kill -9</c>) the file still holds every run that was written. Not safe for several threads.
/// </summary>
public interface ITimingWriter : IAsyncDisposable
{
    /// <summary>Appends the rows of a run and flushes the output.</summary>
    /// <exception cref="InvalidOperationException">An earlier call failed or was cancelled in the middle of a run.</exception>
    ValueTask WriteAsync(RunTimings run, CancellationToken cancellationToken = default);
}
