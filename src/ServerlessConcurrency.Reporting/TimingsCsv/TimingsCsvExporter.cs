using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>timings.csv: a row per task attempt, comma-separated (RFC 4180, with line feeds), for spreadsheets and scripts.</summary>
public sealed class TimingsCsvExporter : ITimingExporter
{
    public string Format => "csv";

    public string FileName => "timings.csv";

    public string MediaType => "text/csv; charset=utf-8";

    public bool IsWrittenWhileRunning => true;

    public ITimingWriter Begin(string experimentId, Stream output) => new TimingsCsvWriter(experimentId, output);
}
