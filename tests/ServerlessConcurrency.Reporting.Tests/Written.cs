using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>What exporters write, as text.</summary>
internal static class Written
{
    public static async Task<string> ByAsync<T>(IDocumentExporter<T> exporter, T document)
    {
        using var output = new MemoryStream();
        await exporter.WriteAsync(document, output);
        return Text(output);
    }

    public static async Task<string> ByAsync(ITimingExporter exporter, string experimentId, IEnumerable<RunTimings> runs)
    {
        using var output = new MemoryStream();
        await using (ITimingWriter writer = exporter.Begin(experimentId, output))
            foreach (RunTimings run in runs)
                await writer.WriteAsync(run);
        return Text(output);
    }

    public static string Text(MemoryStream output) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
}
