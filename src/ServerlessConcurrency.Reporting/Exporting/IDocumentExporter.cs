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
}
