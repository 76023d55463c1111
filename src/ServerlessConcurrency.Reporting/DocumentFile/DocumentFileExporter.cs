using System.Text.Json;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.DocumentFile;

/// <summary>experiment.json or sweep.json: the whole document, as <c>--json</c> prints it.</summary>
public sealed class DocumentFileExporter<T>(string fileName) : IDocumentExporter<T>
{
    public string FileName => fileName;

    public string MediaType => "application/json";

    public async Task WriteAsync(T document, Stream output, CancellationToken cancellationToken = default)
    {
        await JsonSerializer.SerializeAsync(output, document, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
