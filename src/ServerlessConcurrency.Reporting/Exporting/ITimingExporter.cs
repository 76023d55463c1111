using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting.Exporting;

/// <summary>Writes a file that holds every task attempt of an experiment. It is written run by run, never held as a whole.</summary>
public interface ITimingExporter
{
    /// <summary>The name of the format for options and queries, e.g. <c>csv</c>; unique among all exporters.</summary>
    string Format { get; }

    /// <summary>The format for people, in a list of all.</summary>
    string Description => Format;

    /// <summary>The name of the file under results/ID, e.g. <c>timings.csv</c>.</summary>
    string FileName { get; }

    /// <summary>For HTTP, e.g. <c>text/csv; charset=utf-8</c>.</summary>
    string MediaType { get; }

    /// <summary>Whether every experiment leaves the file in its folder; else it is made on request.</summary>
    bool IsWrittenWhileRunning => false;

    /// <param name="output">Where to write; is left open when the writer is disposed.</param>
    ITimingWriter Begin(string experimentId, Stream output);

    /// <summary>Begins the file of an experiment that is stored, from the figures of which a format may take some.</summary>
    ITimingWriter Begin(ExperimentDocument stored, Stream output) => Begin(stored.Id, output);
}
