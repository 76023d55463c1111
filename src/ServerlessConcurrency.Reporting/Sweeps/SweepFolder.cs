using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>Writes the files of a sweep into results/ID.</summary>
public static class SweepFolder
{
    /// <summary>Every file of a sweep. A new one is a class here and a line.</summary>
    public static IReadOnlyList<ISweepExporter> Exporters { get; } =
        [new SweepFileExporter(), new SweepHtmlExporter(), new SweepMarkdownExporter()];

    public static async Task<IReadOnlyList<string>> WriteAsync(string resultsPath, SweepDocument document, CancellationToken cancellationToken)
    {
        string folder = ResultsFolder.PathOf(resultsPath, document.Id);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (ISweepExporter exporter in Exporters)
        {
            string path = Path.Combine(folder, exporter.FileName);
            await AtomicFile.ReplaceAsync(path, file => exporter.WriteAsync(document, file, cancellationToken));
            paths.Add(path);
        }

        return paths;
    }
}
