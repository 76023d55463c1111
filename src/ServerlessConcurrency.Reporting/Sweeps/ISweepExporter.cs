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
    /// <param name="cancellationToken">Gives up; what was written so far is of no use then.</param>
    /// <returns>A task that ends when everything was written.</returns>
    /// <exception cref="IOException">The output cannot be written.</exception>
    Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default);
}
