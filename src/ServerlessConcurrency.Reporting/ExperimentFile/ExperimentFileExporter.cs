using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Reporting.ExperimentFile;

/// <summary>experiment.json: the whole document, as <c>run --json</c> prints it.</summary>
public sealed class ExperimentFileExporter : IDocumentExporter
{
    /// <inheritdoc/>
    public string Format => "experiment";

    /// <inheritdoc/>
    public string FileName => "experiment.json";

    /// <inheritdoc/>
    public string MediaType => "application/json";

    /// <inheritdoc/>
    public async Task WriteAsync(ExperimentDocument document, Stream output, CancellationToken cancellationToken = default)
    {
        await JsonSerializer.SerializeAsync(output, document, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
