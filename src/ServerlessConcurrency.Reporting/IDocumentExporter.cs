using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Reporting;

/// <summary>Writes a file that is made from an experiment's runs, analysis and findings.</summary>
public interface IDocumentExporter
{
    /// <summary>The name of the format for people and options, e.g. <c>html</c>; unique among all exporters.</summary>
    string Format { get; }

    /// <summary>The name of the file under results/ID, e.g. <c>report.html</c>.</summary>
    string FileName { get; }

    /// <summary>The media type for HTTP and blobs, e.g. <c>text/html; charset=utf-8</c>.</summary>
    string MediaType { get; }

    /// <summary>Writes the file, in UTF-8.</summary>
    /// <param name="document">The experiment; may still be running, cancelled or failed.</param>
    /// <param name="output">Where to write; is left open.</param>
    /// <param name="cancellationToken">Gives up; what was written so far is of no use then.</param>
    /// <returns>A task that ends when everything was written.</returns>
    /// <exception cref="IOException">The output cannot be written.</exception>
    Task WriteAsync(ExperimentDocument document, Stream output, CancellationToken cancellationToken = default);
}
