using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly string _results = Directory.CreateTempSubdirectory("sconc-results-").FullName;

    [Fact]
    public async Task A_finished_run_is_on_disk_before_the_next_begins_and_all_files_are_there_at_the_end()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 1);
        await using var results = new ResultsFolder(_results);
        var folder = new StoreSink(results, TimeProvider.System, Exporters.Reports);
        string path = ResultsFolder.PathOf(_results, sample.Document.Id);
        ExperimentDocument running = sample.Document with { Status = ExperimentStatus.Running };

        await folder.BeginAsync(running, CancellationToken.None);
        int rows = 0;
        foreach (RunTimings run in sample.Timings)
        {
            await folder.AppendAsync(running, run, CancellationToken.None);
            rows += run.Timings.Count;
            Assert.Equal(rows, CsvParser.Parse(await ReadOpenFileAsync(Path.Combine(path, "timings.csv"))).Count - 1);
        }

        // Room for how it ended, should the disk be full by then.
        long room = new FileInfo(Path.Combine(path, "experiment.json.new")).Length;
        await folder.EndAsync(sample.Document, CancellationToken.None);

        Assert.InRange(new FileInfo(Path.Combine(path, "experiment.json")).Length, 1, room);
        Assert.Equal(
            ["experiment.json", "report.html", "report.md", "timings.csv", "trace.json"],
            Directory.GetFiles(path).Select(Path.GetFileName).Order());
        Assert.Equal(Directory.GetFiles(path).Select(Path.GetFileName).Order(), ResultsFolder.FilesOf(sample.Document).Order());
    }

    [Fact]
    public async Task Claims_leave_no_timings()
    {
        ClaimsDocument document = SampleClaims.Create();
        await using var results = new ResultsFolder(_results);
        var sink = new StoreSink(results, TimeProvider.System, Exporters.Reports);
        await sink.BeginAsync(document with { Status = ExperimentStatus.Running }, CancellationToken.None);
        await sink.UpdateAsync(document with { Status = ExperimentStatus.Running }, CancellationToken.None);
        await sink.EndAsync(document, CancellationToken.None);

        string[] files = ["experiment.json", "report.html", "report.md"];
        Assert.Equal(files, Directory.GetFiles(ResultsFolder.PathOf(_results, document.Id)).Select(Path.GetFileName).Order());
        Assert.Equal(files, ResultsFolder.FilesOf(document).Order());
    }

    [Fact]
    public async Task A_report_is_rendered_once_for_files_and_storage()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 1);
        ExperimentDocument document = sample.Document;
        await using var files = new ResultsFolder(Path.Combine(_results, "files"));
        await using var storage = new ResultsFolder(Path.Combine(_results, "storage"));
        await files.SaveFileAsync(document.Id, "report.html", new MemoryStream("rendered"u8.ToArray()));
        var sink = new StoreSink(storage, TimeProvider.System, rendered: files);

        await sink.EndAsync(document, CancellationToken.None);
        Assert.Equal("rendered", await ReadReportAsync(storage, document.Id));

        // Files that failed have none.
        await files.DeleteFileAsync(document.Id, "report.html");
        await sink.EndAsync(document, CancellationToken.None);
        Assert.StartsWith("<!DOCTYPE html>", await ReadReportAsync(storage, document.Id), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_goes_on_after_it_had_ended_has_no_reports_until_it_ends_again()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 1);
        await using var results = new ResultsFolder(_results);
        await new StoreSink(results, TimeProvider.System, Exporters.Reports).EndAsync(sample.Document, CancellationToken.None);
        Assert.NotNull(await results.OpenFileAsync(sample.Document.Id, "report.md"));

        await results.SaveAsync(sample.Document with { Status = ExperimentStatus.Running, Resumptions = [new Resumption(DateTimeOffset.UnixEpoch, 0)] });

        Assert.All(Exporters.Reports, report => Assert.Null(results.OpenFileAsync(sample.Document.Id, report.FileName).Result));
    }

    [Fact]
    public async Task A_list_reads_what_has_ended_again_only_when_it_has_changed()
    {
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document;
        await using var results = new ResultsFolder(_results);
        await results.SaveAsync(document);
        string path = Path.Combine(ResultsFolder.PathOf(_results, document.Id), "experiment.json");
        DateTime writtenAt = File.GetLastWriteTimeUtc(path);
        Assert.Single(await results.ListAsync().ToListAsync());

        await File.WriteAllTextAsync(path, new string(' ', (int)new FileInfo(path).Length));
        File.SetLastWriteTimeUtc(path, writtenAt);
        Assert.Single(await results.ListAsync().ToListAsync());
        File.SetLastWriteTimeUtc(path, writtenAt.AddSeconds(1));
        Assert.Empty(await results.ListAsync().ToListAsync());

        await results.SaveAsync(document);
        Assert.Single(await results.ListAsync().ToListAsync());
        await results.DeleteAsync(document.Id);
        Assert.Empty(await results.ListAsync().ToListAsync());
    }

    public void Dispose() => Directory.Delete(_results, recursive: true);

    private static async Task<string> ReadReportAsync(ResultsFolder results, string experimentId)
    {
        using var reader = new StreamReader((await results.OpenFileAsync(experimentId, "report.html"))!);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> ReadOpenFileAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task What_killed_programs_were_writing_is_removed_at_the_next_write_and_what_is_under_way_is_not()
    {
        ClaimsDocument document = SampleClaims.Create();
        string killed = Unfinished(ExperimentId.Create(DateTimeOffset.UnixEpoch), TimeSpan.FromHours(2));
        string underWay = Unfinished(ExperimentId.Create(DateTimeOffset.UnixEpoch), TimeSpan.FromMinutes(5));
        string foreign = Unfinished("notes", TimeSpan.FromHours(2));

        await using var results = new ResultsFolder(_results);
        await results.SaveAsync(document);

        Assert.Equal([false, true, true], new[] { killed, underWay, foreign }.Select(File.Exists));

        string Unfinished(string folder, TimeSpan age)
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_results, folder)).FullName, "experiment.json.new");
            File.WriteAllText(path, "{");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
            return path;
        }
    }
}
