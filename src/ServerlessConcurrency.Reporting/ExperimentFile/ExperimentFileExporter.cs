using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.ExperimentFile;

/// <summary>experiment.json: the whole document, as <c>run --json</c> prints it.</summary>
public sealed class ExperimentFileExporter : IDocumentExporter
{
    public string FileName => "experiment.json";

    public string MediaType => "application/json";

    public async Task WriteAsync(MeasurementDocument document, Stream output, CancellationToken cancellationToken = default)
    {
        await JsonSerializer.SerializeAsync(output, document, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
