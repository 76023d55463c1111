namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>timings.csv: a row per task attempt, comma-separated (RFC 4180, with line feeds), for spreadsheets and scripts.</summary>
public sealed class TimingsCsvExporter : ITimingExporter
{
    /// <inheritdoc/>
    public string Format => "csv";

    /// <inheritdoc/>
    public string FileName => "timings.csv";

    /// <inheritdoc/>
    public string MediaType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public ITimingWriter Begin(string experimentId, Stream output) => new TimingsCsvWriter(experimentId, output);
}
