using Parquet;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>
/// Writes timings as Apache Parquet, in row groups of 16,384: the memory it needs does not grow with the number of rows. Disposing it writes the
/// last rows and the footer, without which no program reads the file; not after a failed write, so that what is damaged never looks complete.
/// Not safe for several threads.
/// </summary>
/// <param name="output">Where to write; is left open.</param>
public sealed class TimingsParquetWriter(string experimentId, Stream output) : IAsyncDisposable
{
    private readonly ParquetColumn[] _columnsOfRuns = [.. TimingColumns.OfRuns.Select(ParquetColumn.Of)];
    private readonly ParquetColumn[] _columnsOfAttempts = [.. TimingColumns.OfAttempts.Select(ParquetColumn.Of)];
    private ParquetWriter? _writer;
    private bool _isDamaged;
    private bool _isDisposed;
    private int _rows;

    // Those of the run come first.
    private IEnumerable<ParquetColumn> Columns => _columnsOfRuns.Concat(_columnsOfAttempts);

    public async ValueTask WriteAsync(RunTimings run, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_isDamaged)
            throw new InvalidOperationException("An earlier run could not be written: the file takes no more runs.");
        _isDamaged = true;
        for (int written = 0; written < run.Timings.Count;)
        {
            int count = Math.Min(run.Timings.Count - written, TimingParquet.RowsPerGroup - _rows);
            Take(run, written, count);
            written += count;
            if (_rows == TimingParquet.RowsPerGroup)
                await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }

        _isDamaged = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed || _isDamaged)
            return;
        _isDisposed = true;
        await WriteGroupAsync(CancellationToken.None).ConfigureAwait(false);
        await _writer!.DisposeAsync().ConfigureAwait(false);
    }

    private void Take(RunTimings run, int from, int count)
    {
        foreach (ParquetColumn column in Columns)
            column.Grow(_rows + count);
        var first = new TimingRow(experimentId, run.Run, default);
        foreach (ParquetColumn column in _columnsOfRuns)
            column.Fill(first, _rows, count);
        for (int row = from; row < from + count; row++)
        {
            TimingRow next = first with { Timing = run.Timings[row] };
            foreach (ParquetColumn column in _columnsOfAttempts)
                column.Take(next, _rows);
            _rows++;
        }
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        _writer ??= await ParquetWriter.CreateAsync(
            TimingParquet.NewSchema(Columns), output, TimingParquet.NewOptions(Columns), cancellationToken: cancellationToken).ConfigureAwait(false);
        _writer.CustomMetadata = TimingParquet.Metadata;
        if (_rows == 0)
            return;
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        foreach (ParquetColumn column in Columns)
            await column.WriteAsync(group, _rows, cancellationToken).ConfigureAwait(false);
        _rows = 0;
    }
}
