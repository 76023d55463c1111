using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Sinks;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>Writes the files of a sweep into results/ID.</summary>
public static class SweepFolder
{
    /// <summary>Every file of a sweep. A new one is a class here and a line.</summary>
    public static IReadOnlyList<ISweepExporter> Exporters { get; } =
        [new SweepFileExporter(), new SweepHtmlExporter(), new SweepMarkdownExporter()];

    /// <summary>Writes them; the folder is created if missing.</summary>
    /// <param name="resultsPath">The folder that holds a folder for each experiment and sweep.</param>
    /// <param name="document">The sweep.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(string resultsPath, SweepDocument document, CancellationToken cancellationToken)
    {
        string folder = ResultsFolder.PathOf(resultsPath, document.Id);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach (ISweepExporter exporter in Exporters)
        {
            string path = Path.Combine(folder, exporter.FileName);
            // Replaced in one step: whoever reads it meanwhile never gets half a file.
            string unfinished = path + ".new";
            await using (FileStream file = File.Create(unfinished))
                await exporter.WriteAsync(document, file, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
            paths.Add(path);
        }

        return paths;
    }
}
