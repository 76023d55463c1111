using System.IO.Pipelines;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Rows;

/// <summary>
/// What all timing files have in common: rows go to pooled buffers, the buffers to the output whenever they are full and at
/// the end of each run, always between two rows. After a failed write nothing more is written, so that a damaged file never
/// looks complete.
/// </summary>
internal abstract class TimingWriter : ITimingWriter
{
    private const int BufferBytes = 64 * 1024;

    private bool _hasBegun;
    private bool _isDisposed;
    private Exception? _failure;

    protected TimingWriter(Stream output) => Output =
        PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: BufferBytes, leaveOpen: true));

    protected PipeWriter Output { get; }

    public async ValueTask WriteAsync(RunTimings run, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
            throw new InvalidOperationException("An earlier run could not be written: the file takes no more runs.", _failure);
        try
        {
            EnsureBegun();
            BeginRun(run);
            for (int row = 0; row < run.Timings.Count; row++)
            {
                WriteRow(run, row);
                if (Output.UnflushedBytes >= BufferBytes)
                    await Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_failure is null)
        {
            EnsureBegun();
            End();
        }

        await Output.CompleteAsync(_failure).ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes what stands before the first row.</summary>
    protected abstract void Begin();

    /// <summary>Prepares for the rows of a run, or writes what stands before them.</summary>
    protected abstract void BeginRun(RunTimings run);

    /// <summary>Writes one row; called once for each number from 0 to the number of rows.</summary>
    protected abstract void WriteRow(RunTimings run, int row);

    /// <summary>Writes what stands after the last row.</summary>
    protected abstract void End();

    private void EnsureBegun()
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        Begin();
    }
}
