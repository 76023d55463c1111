using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Files;

/// <summary>The files of an experiment that grow run by run.</summary>
internal sealed class TimingFiles : IAsyncDisposable
{
    private readonly List<(ITimingWriter Writer, FileStream File)> _open = [];

    public TimingFiles(string folder, string experimentId)
    {
        Directory.CreateDirectory(folder);
        foreach (ITimingExporter exporter in Exporters.TimingsOfEveryRun)
        {
            // Open for others to read: a long experiment can be looked into while it runs. New: what was measured is never written over.
            var file = new FileStream(Path.Combine(folder, exporter.FileName), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _open.Add((exporter.Begin(experimentId, file), file));
        }
    }

    /// <exception cref="FileNotFoundException">A file was removed meanwhile: what is written to it would be lost.</exception>
    public async Task AppendAsync(RunTimings run, CancellationToken cancellationToken)
    {
        if (_open.Select(each => each.File.Name).FirstOrDefault(path => !File.Exists(path)) is { } removed)
            throw new FileNotFoundException($"{removed} was removed while it was written", removed);
        foreach ((ITimingWriter writer, _) in _open)
            await writer.WriteAsync(run, cancellationToken).ConfigureAwait(false);
    }

    // One for which there is no room does not leave the others open.
    public async ValueTask DisposeAsync() => await Task.WhenAll(_open.Select(CloseAsync)).ConfigureAwait(false);

    private static async Task CloseAsync((ITimingWriter Writer, FileStream File) open)
    {
        await using (open.File.ConfigureAwait(false))
            await open.Writer.DisposeAsync().ConfigureAwait(false);
    }
}
