namespace ServerlessConcurrency.Reporting.TimingsJson;

/// <summary>timings.json: the rows of timings.csv as a JSON array, one object a line.</summary>
public sealed class TimingsJsonExporter : ITimingExporter
{
    /// <inheritdoc/>
    public string Format => "json";

    /// <inheritdoc/>
    public string FileName => "timings.json";

    /// <inheritdoc/>
    public string MediaType => "application/json";

    /// <inheritdoc/>
    public ITimingWriter Begin(string experimentId, Stream output) => new TimingsJsonWriter(experimentId, output);
}
