using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Exporting;

/// <summary>Writes a file that is made from the document of an experiment, of claims, of a sweep or of a comparison.</summary>
public interface IDocumentExporter<in T>
{
    /// <summary>The name of the file under results/ID, e.g. <c>report.html</c>.</summary>
    string FileName { get; }

    /// <summary>For HTTP and blobs, e.g. <c>text/html; charset=utf-8</c>.</summary>
    string MediaType { get; }

    /// <summary>Writes the file, in UTF-8.</summary>
    /// <param name="document">What was measured; may still be running, cancelled or failed.</param>
    /// <param name="output">Where to write; is left open.</param>
    Task WriteAsync(T document, Stream output, CancellationToken cancellationToken = default);

    /// <summary>The same where the timings of the experiment can be read, for a file that shows some of them.</summary>
    /// <param name="timings">Reads those of the runs of a document.</param>
    Task WriteAsync(
        T document, Func<ExperimentDocument, IAsyncEnumerable<RunTimings>> timings, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(document, output, cancellationToken);
}
