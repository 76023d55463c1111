using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>Writes a file that is made from a sweep.</summary>
public interface ISweepExporter
{
    /// <summary>The name of the file under results/ID, e.g. <c>report.html</c>.</summary>
    string FileName { get; }

    /// <summary>Writes the file, in UTF-8.</summary>
    /// <param name="document">The sweep; may be cancelled or failed.</param>
    /// <param name="output">Where to write; is left open.</param>
    Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default);
}
