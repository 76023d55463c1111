using System.IO.Pipelines;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Reporting.TimingsParquet;

/// <summary>timings.parquet: the rows of timings.csv in Apache Parquet, for DuckDB, pandas, Spark, Fabric and Data Explorer.</summary>
public sealed class TimingsParquetExporter : ITimingExporter
{
    public string Format => "parquet";

    public string FileName => "timings.parquet";

    public string MediaType => "application/vnd.apache.parquet";

    public ITimingWriter Begin(string experimentId, Stream output) => new Writer(experimentId, output);

    /// <remarks>Rows are written whenever a row group is full. A file that lacks its end cannot be read.</remarks>
    private sealed class Writer(string experimentId, Stream output) : ITimingWriter
    {
        // The library flushes in between without waiting, which a response of an HTTP server does not allow.
        private readonly PipeWriter _pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        private TimingsParquetWriter? _writer;

        public ValueTask WriteAsync(RunTimings run, CancellationToken cancellationToken = default) => Begun().WriteAsync(run, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await Begun().DisposeAsync();
            await _pipe.CompleteAsync();
        }

        private TimingsParquetWriter Begun() => _writer ??= new TimingsParquetWriter(experimentId, _pipe.AsStream(leaveOpen: true));
    }
}
