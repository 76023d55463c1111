using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.TimingsJson;

/// <summary>timings.json: the rows of timings.csv as a JSON array, one object a line.</summary>
public sealed class TimingsJsonExporter : ITimingExporter
{
    public string Format => "json";

    public string FileName => "timings.json";

    public string MediaType => "application/json";

    public ITimingWriter Begin(string experimentId, Stream output) => new TimingsJsonWriter(experimentId, output);
}
