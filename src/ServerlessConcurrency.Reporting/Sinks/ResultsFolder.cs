using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Sinks;

/// <summary>
/// Writes the files of an experiment into results/ID: the timings run by run as they are measured, so that a killed program
/// leaves them behind, the rest at the end.
/// </summary>
/// <param name="resultsPath">The folder that holds a folder for each experiment; created if missing.</param>
public sealed class ResultsFolder(string resultsPath) : IExperimentSink
{
    // timings.json holds what timings.csv holds; it is made on request by `export`.
    private static readonly ITimingExporter[] WrittenWhileRunning =
        [.. Exporters.Timings.Where(exporter => exporter.FileName is "timings.csv" or "trace.json")];

    private readonly List<(ITimingWriter Writer, FileStream File)> _open = [];

    /// <summary>The folder of an experiment.</summary>
    /// <param name="resultsPath">The folder that holds a folder for each experiment.</param>
    /// <param name="experimentId">The experiment's id.</param>
    /// <returns>The path.</returns>
    public static string PathOf(string resultsPath, string experimentId) => Path.Combine(resultsPath, experimentId);

    /// <summary>Writes the files that are made from an experiment's document into its folder, which is created if missing.</summary>
    /// <param name="resultsPath">The folder that holds a folder for each experiment.</param>
    /// <param name="document">The experiment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteDocumentsAsync(
        string resultsPath, ExperimentDocument document, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(PathOf(resultsPath, document.Id));
        var paths = new List<string>();
        foreach (IDocumentExporter exporter in Exporters.Documents)
            paths.Add(await WriteAsync(resultsPath, exporter, document, cancellationToken));
        return paths;
    }

    /// <summary>Creates the experiment's folder and begins its files.</summary>
    /// <inheritdoc/>
    /// <exception cref="IOException">The folder or a file cannot be created.</exception>
    public async Task BeginAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        string folder = PathOf(resultsPath, document.Id);
        Directory.CreateDirectory(folder);
        // Claims have no runs, and so no timings.
        foreach (ITimingExporter exporter in document.Spec.IsOfClaims ? [] : WrittenWhileRunning)
        {
            // Open for others to read: a long experiment can be looked into while it runs.
            var file = new FileStream(Path.Combine(folder, exporter.FileName), FileMode.Create, FileAccess.Write, FileShare.Read);
            _open.Add((exporter.Begin(document.Id, file), file));
        }

        await WriteAsync(resultsPath, Exporters.Documents[0], document, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(ExperimentDocument document, RunTimings run, CancellationToken cancellationToken)
    {
        foreach ((ITimingWriter writer, _) in _open)
            await writer.WriteAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public Task UpdateAsync(ExperimentDocument document, CancellationToken cancellationToken) =>
        WriteAsync(resultsPath, Exporters.Documents[0], document, cancellationToken);

    /// <inheritdoc/>
    public async Task EndAsync(ExperimentDocument document, CancellationToken cancellationToken)
    {
        foreach ((ITimingWriter writer, FileStream file) in _open)
        {
            await writer.DisposeAsync();
            await file.DisposeAsync();
        }

        _open.Clear();
        await WriteDocumentsAsync(resultsPath, document, cancellationToken);
    }

    private static async Task<string> WriteAsync(
        string resultsPath, IDocumentExporter exporter, ExperimentDocument document, CancellationToken cancellationToken)
    {
        string path = Path.Combine(PathOf(resultsPath, document.Id), exporter.FileName);
        // Replaced in one step: a server that works in the same folder never reads half a file.
        string unfinished = path + ".new";
        await using (FileStream file = File.Create(unfinished))
            await exporter.WriteAsync(document, file, cancellationToken);
        File.Move(unfinished, path, overwrite: true);
        return path;
    }
}
