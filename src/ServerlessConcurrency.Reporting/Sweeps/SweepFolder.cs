using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.DocumentFile;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>Writes the files of a sweep into results/ID.</summary>
public static class SweepFolder
{
    /// <summary>The sweep itself, to be read again.</summary>
    public static DocumentFileExporter<SweepDocument> Document { get; } = new("sweep.json");

    /// <summary>Every file of a sweep. A new one is a class here and a line.</summary>
    public static IReadOnlyList<IDocumentExporter<SweepDocument>> Exporters { get; } =
        [new SweepHtmlExporter(), new SweepMarkdownExporter(), Document];

    /// <param name="isStatic">Whether the page runs no script: for mail and print.</param>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string resultsPath, SweepDocument document, CancellationToken cancellationToken, bool isStatic = false)
    {
        string folder = ResultsFolder.PathOf(resultsPath, document.Id);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (IDocumentExporter<SweepDocument> exporter in isStatic ? [new SweepHtmlExporter(isStatic: true), .. Exporters.Skip(1)] : Exporters)
        {
            string path = Path.Combine(folder, exporter.FileName);
            await AtomicFile.ReplaceAsync(path, file => exporter.WriteAsync(document, file, cancellationToken));
            paths.Add(path);
        }

        return paths;
    }
}
