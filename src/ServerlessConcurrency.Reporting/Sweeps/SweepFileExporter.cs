using System.Text.Json;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>sweep.json: the whole document, as <c>sweep --json</c> prints it.</summary>
public sealed class SweepFileExporter : ISweepExporter
{
    public string FileName => "sweep.json";

    public async Task WriteAsync(SweepDocument document, Stream output, CancellationToken cancellationToken = default)
    {
        await JsonSerializer.SerializeAsync(output, document, ExperimentJson.Indented, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
