using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ResultsFolderStoreTests : IAsyncLifetime
{
    private const int Guard = 60_000;
    private const string Header =
        "experimentId,runId,round,workload,size,model,degree,taskIndex,attempt,hostId,processId,threadId,queuedMs,startedMs,finishedMs,checksum,outcome";

    private readonly TemporaryFolder _folder = new();
    private ResultsFolder _store = null!;

    public Task InitializeAsync()
    {
        _store = new ResultsFolder(Path.Combine(_folder.Path, "results"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Guard)]
    public async Task A_folder_that_is_not_there_holds_nothing()
    {
        Assert.Empty(await _store.ListAsync().ToListAsync());
        Assert.Null(await _store.FindAsync(Samples.Running().Id));
        Assert.False(await _store.DeleteAsync(Samples.Running().Id));
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_is_found_listed_newest_first_and_deleted()
    {
        ExperimentDocument older = Samples.Completed();
        ExperimentDocument newer = Samples.Completed(startedAt: Samples.Start.AddYears(1));
        await _store.SaveAsync(newer);
        await _store.SaveAsync(older);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "results", "not-an-experiment"));

        List<MeasurementDocument> listed = await _store.ListAsync().ToListAsync();
        MeasurementDocument? found = await _store.FindAsync(older.Id);

        Assert.Equal([newer.Id, older.Id], listed.Select(document => document.Id));
        Assert.Equal(Json(older), Json(found));
        Assert.True(await _store.DeleteAsync(older.Id));
        Assert.False(await _store.DeleteAsync(older.Id));
        Assert.Equal(newer.Id, Assert.Single(await _store.ListAsync().ToListAsync()).Id);
    }

    [Fact(Timeout = Guard)]
    public async Task A_list_goes_on_after_the_experiment_where_a_page_ended()
    {
        ExperimentDocument[] experiments = [.. Enumerable.Range(0, 3).Select(day => Samples.Completed(startedAt: Samples.Start.AddDays(day)))];
        foreach (ExperimentDocument experiment in experiments)
            await _store.SaveAsync(experiment);

        List<MeasurementDocument> rest = await _store.ListAsync(afterId: experiments[2].Id).ToListAsync();

        Assert.Equal([experiments[1].Id, experiments[0].Id], rest.Select(document => document.Id));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ListAsync(afterId: "../x").ToListAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task What_is_written_to_files_that_were_removed_is_not_lost_silently()
    {
        ExperimentDocument running = Samples.Running();
        RunResult run = Samples.Completed(runs: 1).Runs[0];
        await _store.SaveAsync(running);
        Directory.Delete(Path.Combine(_folder.Path, "results", running.Id), recursive: true);

        FileNotFoundException removed = await Assert.ThrowsAsync<FileNotFoundException>(() => _store.AppendAsync(running.Id, Samples.Timings(run, run.Tasks)));

        Assert.EndsWith("timings.csv was removed while it was written", removed.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task An_abandoned_experiment_has_done_the_runs_that_it_has()
    {
        ExperimentDocument running = Samples.Completed(runs: 2) with { Status = ExperimentStatus.Running, FinishedAt = null };
        await _store.SaveAsync(running with { Progress = running.Progress with { RunsDone = 1 } });
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "results", running.Id, "experiment.json"), DateTime.UtcNow.AddHours(-1));

        MeasurementDocument abandoned = (await _store.FindAsync(running.Id))!;

        Assert.Equal((ExperimentStatus.Failed, 2), (abandoned.Status, abandoned.Progress.RunsDone));
    }

    [Fact(Timeout = Guard)]
    public async Task Rows_are_read_from_timings_csv_by_run()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        await _store.SaveAsync(document);
        RunTimings[] written = [.. document.Runs.Select(run => Samples.Timings(run, tasks: 250))];
        // The file holds the runs in the order in which they ran, whatever the document says.
        await File.WriteAllLinesAsync(
            Path.Combine(_folder.Path, "results", document.Id, "timings.csv"),
            [Header, .. written.Reverse().SelectMany(run => run.Timings.Select(row => Line(document.Id, run.Run, row)))]);

        List<RunTimings> read = await _store.ReadTimingsAsync(document).ToListAsync();

        Assert.Equal(written.Reverse().Select(run => run.Run.RunId), read.Select(run => run.Run.RunId));
        Assert.Equal(written[0].Timings, read[1].Timings);
        Assert.Equal(written[1].Timings, read[0].Timings);
    }

    [Fact(Timeout = Guard)]
    public async Task What_follows_the_last_run_that_is_asked_for_is_not_read()
    {
        ExperimentDocument document = Samples.Completed(runs: 3);
        await _store.SaveAsync(document);
        RunTimings[] written = [.. document.Runs.Take(2).Select(run => Samples.Timings(run, tasks: 3))];
        await File.WriteAllLinesAsync(
            Path.Combine(_folder.Path, "results", document.Id, "timings.csv"),
            [Header, .. written.SelectMany(run => run.Timings.Select(row => Line(document.Id, run.Run, row))), "what is this"]);

        RunTimings read = Assert.Single(await _store.ReadTimingsAsync(document with { Runs = [document.Runs[0]] }).ToListAsync());

        Assert.Equal(written[0].Timings, read.Timings);
        Assert.Empty(await _store.ReadTimingsAsync(document with { Runs = [] }).ToListAsync());
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.ReadTimingsAsync(document).ToListAsync());
    }

    [Theory(Timeout = Guard)]
    [InlineData("round,workload", "line 1")]
    [InlineData(Header + "\nwhat is this\n", "line 2")]
    [InlineData(Header + "\nid,run,1,primes,1,threads,1,0,1,host,1,1,0.0,0.0,0.0,ff,exploded\n", "line 2")]
    public async Task A_malformed_file_is_an_error_that_names_file_and_line(string content, string line)
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        await _store.SaveAsync(document);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "results", document.Id, "timings.csv"), content);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.ReadTimingsAsync(document).ToListAsync());

        Assert.Contains($"timings.csv, {line}", exception.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Guard)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public async Task Of_a_file_that_was_torn_the_whole_rows_are_read(int bytesLost)
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        document = document with { Runs = [document.Runs[0] with { Tasks = 3 }] };
        RunTimings run = Samples.Timings(document.Runs[0], tasks: 3);
        await _store.SaveAsync(document with { Status = ExperimentStatus.Running });
        await _store.AppendAsync(document.Id, run);
        await _store.SaveAsync(document);
        string path = Path.Combine(_folder.Path, "results", document.Id, "timings.csv");
        string content = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, content[..^bytesLost]);
        var notes = new Notes();
        await using var store = new ResultsFolder(Path.Combine(_folder.Path, "results"), notes: notes);

        RunTimings read = Assert.Single(await store.ReadTimingsAsync(document).ToListAsync());

        // Without its line break alone the last row is whole.
        Assert.Equal(bytesLost == 1 ? run.Timings : run.Timings.SkipLast(1), read.Timings);
        Assert.Equal(
            bytesLost == 1 ? [] : ["timings.csv, line 4: left out, it was not written to its end", $"timings.csv: 1 timing of 1 run missing: 1 of {run.Run.RunId}"],
            notes.Told.Select(note => note[(note.LastIndexOf('/') + 1)..]));
    }

    [Theory(Timeout = Guard)]
    // The header is a line, too.
    [InlineData(16, null)]
    [InlineData(15, "1 timing of 1 run missing: 1 of r005-primes-threads")]
    [InlineData(11, "5 timings of 2 runs missing: 2 of r004-primes-threads, 3 of r005-primes-threads")]
    [InlineData(1, "15 timings of 5 runs missing: 3 of r001-primes-threads, 3 of r002-primes-threads, 3 of r003-primes-threads and 2 more")]
    [InlineData(0, "15 timings of 5 runs missing: 3 of r001-primes-threads, 3 of r002-primes-threads, 3 of r003-primes-threads and 2 more")]
    [InlineData(null, "15 timings of 5 runs missing: 3 of r001-primes-threads, 3 of r002-primes-threads, 3 of r003-primes-threads and 2 more")]
    public async Task What_is_missing_is_told(int? linesLeft, string? expected)
    {
        (ExperimentDocument document, string path) = await StoreAsync(runs: 5);
        string[] lines = await File.ReadAllLinesAsync(path);
        File.Delete(path);
        if (linesLeft is { } left)
            await File.WriteAllLinesAsync(path, lines.Take(left));
        var notes = new Notes();
        await using var store = new ResultsFolder(Path.Combine(_folder.Path, "results"), notes: notes);

        await store.ReadTimingsAsync(document).ToListAsync();

        Assert.Equal(expected is null ? [] : [$"{path}: {expected}"], notes.Told);
    }

    [Theory(Timeout = Guard)]
    [InlineData("0.0000", "NaN")]
    [InlineData("0.0000", "Infinity")]
    [InlineData("0.0000", "-1e999")]
    [InlineData("20260131", "20250131")]
    public async Task A_time_that_is_none_and_a_row_of_another_experiment_are_no_rows(string from, string to)
    {
        (ExperimentDocument document, string path) = await StoreAsync(runs: 1);
        string[] lines = await File.ReadAllLinesAsync(path);
        Assert.Contains(from, lines[1], StringComparison.Ordinal);
        lines[1] = lines[1].Replace(from, to, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(path, lines);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.ReadTimingsAsync(document).ToListAsync());

        Assert.StartsWith($"{path}, line 2: not a row of timings: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Clocks_of_other_machines_may_be_behind()
    {
        (ExperimentDocument document, string path) = await StoreAsync(runs: 1);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("0.7500", "-0.7500", StringComparison.Ordinal));

        Assert.Equal(-0.75, Assert.Single(await _store.ReadTimingsAsync(document).ToListAsync()).Timings[1].StartedMs);
    }

    [Fact(Timeout = Guard)]
    public async Task What_was_put_aside_is_found_until_all_of_it_was_taken_over()
    {
        (ExperimentDocument document, string path) = await StoreAsync(runs: 3);
        string[] lines = await File.ReadAllLinesAsync(path);
        List<RunTimings> stored = await _store.ReadTimingsAsync(document).ToListAsync();
        IAsyncEnumerable<RunTimings> aside = _store.PutAside(document, out _);
        Assert.Equal(stored.Select(run => run.Timings), (await aside.ToListAsync()).Select(run => run.Timings));

        // Killed as it had taken over a part.
        await File.WriteAllLinesAsync(path, lines.Take(5));
        Assert.Equal(stored.Select(run => run.Timings), (await _store.ReadTimingsAsync(document).ToListAsync()).Select(run => run.Timings));
        aside = _store.PutAside(document, out Action takenOver);
        Assert.Equal(stored.Select(run => run.Timings), (await aside.ToListAsync()).Select(run => run.Timings));

        await File.WriteAllLinesAsync(path, lines);
        takenOver();
        Assert.Equal(stored.Select(run => run.Timings), (await _store.ReadTimingsAsync(document).ToListAsync()).Select(run => run.Timings));
    }

    [Theory(Timeout = Guard)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"id\":\"../../outside\"}")]
    public async Task A_document_that_cannot_be_read_does_not_hide_the_others(string content)
    {
        ExperimentDocument good = Samples.Completed();
        ExperimentDocument bad = Samples.Completed();
        foreach (ExperimentDocument document in new[] { good, bad })
            await _store.SaveAsync(document);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "results", bad.Id, "experiment.json"), content);
        var notes = new Notes();
        await using var store = new ResultsFolder(Path.Combine(_folder.Path, "results"), notes: notes);

        Assert.Equal(good.Id, Assert.Single(await store.ListAsync().ToListAsync()).Id);
        Assert.StartsWith($"{bad.Id} is left out: ", Assert.Single(notes.Told), StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_document_in_the_folder_of_another_experiment_is_refused()
    {
        ExperimentDocument document = Samples.Completed();
        ExperimentDocument other = Samples.Completed();
        await _store.SaveAsync(document);
        await _store.SaveAsync(other);
        string folder = Path.Combine(_folder.Path, "results");
        File.Copy(Path.Combine(folder, other.Id, "experiment.json"), Path.Combine(folder, document.Id, "experiment.json"), overwrite: true);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _store.FindAsync(document.Id));

        Assert.Contains(other.Id, error.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_damaged_document_is_an_error_that_names_it()
    {
        ExperimentDocument document = Samples.Completed();
        await _store.SaveAsync(document);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "results", document.Id, "experiment.json"), "{");

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => _store.FindAsync(document.Id));

        Assert.Contains("experiment.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_file_that_is_stored_again_is_replaced_and_one_that_cannot_be_written_stays_as_it_was()
    {
        string id = Samples.Completed().Id;
        await _store.SaveFileAsync(id, "report.html", new MemoryStream("first"u8.ToArray()));
        await _store.SaveFileAsync(id, "report.html", new MemoryStream("second"u8.ToArray()));
        await Assert.ThrowsAsync<IOException>(() => _store.SaveFileAsync(id, "report.html", new BrokenStream()));

        using var report = new StreamReader((await _store.OpenFileAsync(id, "report.html"))!);
        Assert.Equal("second", await report.ReadToEndAsync());
        Assert.Equal(["report.html"], Directory.GetFiles(Path.Combine(_folder.Path, "results", id)).Select(Path.GetFileName));
    }

    [Fact(Timeout = Guard)]
    public async Task Rows_of_an_experiment_that_has_ended_are_never_written_over()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        RunTimings[] runs = [.. document.Runs.Select(run => Samples.Timings(run, tasks: 3))];
        await _store.AppendAsync(document.Id, runs[0]);
        await _store.SaveAsync(document);

        await Assert.ThrowsAsync<IOException>(() => _store.AppendAsync(document.Id, runs[1]));

        Assert.Equal(runs[0].Run.RunId, Assert.Single(await _store.ReadTimingsAsync(document).ToListAsync()).Run.RunId);
    }

    [Fact(Timeout = Guard)]
    public async Task Rows_that_were_appended_are_read_whatever_their_texts_hold()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        RunTimings[] written =
        [
            .. document.Runs.Select(run => Samples.Timings(run, tasks: 3)).Select(run => run with
            {
                Run = run.Run with { Model = "a \"model\", or two" },
                Timings = [.. run.Timings.Select(row => row with { HostId = $"say \"hi\",\r\n{row.TaskIndex}\n" })],
            }),
        ];
        await _store.SaveAsync(document with { Status = ExperimentStatus.Running });
        foreach (RunTimings run in written)
            await _store.AppendAsync(document.Id, run);
        await _store.SaveAsync(document);

        List<RunTimings> read = await _store.ReadTimingsAsync(document).ToListAsync();

        Assert.Equal(written.Select(run => run.Timings), read.Select(run => run.Timings));
    }

    [Fact(Timeout = Guard)]
    public async Task A_mistake_behind_a_quoted_line_break_is_told_with_its_line()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        await _store.SaveAsync(document);
        RunTimings run = Samples.Timings(document.Runs[0], tasks: 1);
        string row = Line(document.Id, run.Run, run.Timings[0]).Replace("machine-4711", "\"two\nlines\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "results", document.Id, "timings.csv"), $"{Header}\n{row}\nno row\n");

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.ReadTimingsAsync(document).ToListAsync());

        Assert.Contains("timings.csv, line 4: not a row of timings: no row", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task What_has_ended_can_be_moved_and_deleted_while_the_store_is_open()
    {
        ExperimentDocument document = Samples.Completed();
        await _store.SaveAsync(document with { Status = ExperimentStatus.Running });
        string folder = Path.Combine(_folder.Path, "results", document.Id);
        Assert.Throws<IOException>(() => File.OpenWrite(Path.Combine(folder, "timings.csv")));

        await _store.SaveAsync(document);

        await using (FileStream timings = File.OpenWrite(Path.Combine(folder, "timings.csv")))
            Assert.NotEqual(0, timings.Length);
        Assert.True(await _store.DeleteAsync(document.Id));
    }

    [Theory(Timeout = Guard)]
    [InlineData(ExperimentStatus.Running, EngineNames.Local, ExperimentStatus.Failed)]
    [InlineData(ExperimentStatus.Pending, EngineNames.Local, ExperimentStatus.Failed)]
    [InlineData(ExperimentStatus.Running, EngineNames.AzureFunctions, ExperimentStatus.Running)]
    [InlineData(ExperimentStatus.Pending, EngineNames.AzureFunctions, ExperimentStatus.Pending)]
    public async Task An_experiment_whose_program_was_killed_is_shown_as_abandoned_unless_its_engine_takes_it_up_again(
        ExperimentStatus status, string engine, ExperimentStatus later)
    {
        ExperimentDocument document = Samples.Running();
        document = document with { Status = status, Environment = document.Environment with { Engine = engine } };
        await _store.SaveAsync(document);
        Assert.Equal(status, (await _store.FindAsync(document.Id))!.Status);
        File.SetLastWriteTimeUtc(
            Path.Combine(_folder.Path, "results", document.Id, "experiment.json"), DateTime.UtcNow.AddMinutes(-6));

        Assert.Equal(later, (await _store.FindAsync(document.Id))!.Status);
    }

    private async Task<(ExperimentDocument Document, string Path)> StoreAsync(int runs)
    {
        ExperimentDocument document = Samples.Completed(runs);
        document = document with { Runs = [.. document.Runs.Select(run => run with { Tasks = 3 })] };
        await _store.SaveAsync(document with { Status = ExperimentStatus.Running });
        foreach (RunResult run in document.Runs)
            await _store.AppendAsync(document.Id, Samples.Timings(run, tasks: 3));
        await _store.SaveAsync(document);
        return (document, Path.Combine(_folder.Path, "results", document.Id, "timings.csv"));
    }

    private static string Line(string id, RunResult run, TaskTiming row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{id},{run.RunId},{run.Round},{run.Workload},{run.Size},{run.Model},{run.Degree},{row.TaskIndex},{row.Attempt},{row.HostId}," +
        $"{row.ProcessId},{row.ThreadId},{row.QueuedMs:F4},{row.StartedMs:F4},{row.FinishedMs:F4},{Checksum.Format(row.Checksum)}," +
        $"{JsonNamingPolicy.KebabCaseLower.ConvertName(row.Outcome.ToString())}");

    private static string Json(MeasurementDocument? document) => JsonSerializer.Serialize(document, ExperimentJson.Compact);

    private sealed class Notes : IProgress<string>
    {
        public List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("broken");
    }
}
