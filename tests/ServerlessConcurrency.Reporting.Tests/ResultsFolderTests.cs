using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Sinks;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly string _results = Directory.CreateTempSubdirectory("sconc-results-").FullName;

    [Fact]
    public async Task A_finished_run_is_on_disk_before_the_next_begins_and_all_files_are_there_at_the_end()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 1);
        var folder = new ResultsFolder(_results);
        string path = ResultsFolder.PathOf(_results, sample.Document.Id);

        await folder.BeginAsync(sample.Document, CancellationToken.None);
        int rows = 0;
        foreach (RunTimings run in sample.Timings)
        {
            await folder.AppendAsync(sample.Document, run, CancellationToken.None);
            rows += run.Timings.Count;
            Assert.Equal(rows, CsvParser.Parse(await ReadOpenFileAsync(Path.Combine(path, "timings.csv"))).Count - 1);
        }

        await folder.EndAsync(sample.Document, CancellationToken.None);

        Assert.Equal(
            ["experiment.json", "report.html", "report.md", "timings.csv", "trace.json"],
            Directory.GetFiles(path).Select(Path.GetFileName).Order());
    }

    public void Dispose() => Directory.Delete(_results, recursive: true);

    private static async Task<string> ReadOpenFileAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
