namespace ServerlessConcurrency.Reporting;

/// <summary>Writes a file that holds every task attempt of an experiment. It is written run by run, never held as a whole.</summary>
public interface ITimingExporter
{
    /// <summary>The name of the format for people and options, e.g. <c>csv</c>; unique among all exporters.</summary>
    string Format { get; }

    /// <summary>The name of the file under results/ID, e.g. <c>timings.csv</c>.</summary>
    string FileName { get; }

    /// <summary>The media type for HTTP and blobs, e.g. <c>text/csv; charset=utf-8</c>.</summary>
    string MediaType { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="experimentId">The experiment's id.</param>
    /// <param name="output">Where to write; is left open when the writer is disposed.</param>
    /// <returns>The writer; disposing it completes the file.</returns>
    ITimingWriter Begin(string experimentId, Stream output);
}
