using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Tests.Accounts;
using ServerlessConcurrency.Storage.Tests.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Experiments;

[Collection(AzuriteFixture.Collection)]
public sealed class AzureExperimentStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Guard = 120_000;
    private readonly StorageAccount _account = azurite.NewAccount();
    private AzureExperimentStore _store = null!;

    public Task InitializeAsync()
    {
        _store = new AzureExperimentStore(_account);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact(Timeout = Guard)]
    public async Task Rows_come_back_in_order_with_every_column()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        RunTimings first = Samples.Timings(document.Runs[0], tasks: 250);
        RunTimings second = Samples.Timings(document.Runs[1], tasks: 3);
        await _store.AppendAsync(document.Id, second);
        await _store.AppendAsync(document.Id, first);

        List<RunTimings> read = await _store.ReadTimingsAsync(document).ToListAsync();

        Assert.Equal([first.Run.RunId, second.Run.RunId], read.Select(run => run.Run.RunId));
        Assert.Equal(first.Timings, read[0].Timings);
        Assert.Equal(second.Timings, read[1].Timings);
    }

    [Fact(Timeout = Guard)]
    public async Task What_is_gone_under_a_program_is_created_again()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        RunTimings timings = Samples.Timings(document.Runs[0], tasks: 3);
        Func<Task>[] uses =
        [
            () => _store.SaveAsync(document with { Status = ExperimentStatus.Running }),
            () => _store.AppendAsync(document.Id, timings),
            () => _store.SaveFileAsync(document.Id, "report.html", new MemoryStream("<p>"u8.ToArray())),
            () => _store.SaveAsync(document),
            async () => Assert.Empty(await _store.ListAsync().ToListAsync()),
            () => _store.FindAsync(document.Id),
            () => _store.DeleteAsync(document.Id),
        ];
        await _store.PrepareAsync();

        foreach (Func<Task> use in uses)
        {
            await EmptyAsync();
            await use();
        }

        await EmptyAsync();
        await _store.AppendAsync(document.Id, timings);
        await _store.SaveAsync(document);
        Assert.Equal(document.Id, (await _store.ListAsync().ToListAsync()).Single().Id);
        Assert.Equal(timings.Timings, (await _store.ReadTimingsAsync(document).ToListAsync()).Single().Timings);
        Assert.Equal(document.Runs.Count, ((ExperimentDocument)(await _store.FindAsync(document.Id))!).Runs.Count);

        async Task EmptyAsync()
        {
            await _account.Tables.DeleteTableAsync(_account.Names.Experiments);
            await _account.Tables.DeleteTableAsync(_account.Names.Runs);
            await _account.Blobs.GetBlobContainerClient(_account.Names.Timings).DeleteIfExistsAsync();
            await _account.Blobs.GetBlobContainerClient(_account.Names.Reports).DeleteIfExistsAsync();
        }
    }

    [Fact(Timeout = Guard)]
    public async Task Progress_that_comes_with_the_end_or_after_it_does_not_bring_an_experiment_back()
    {
        ExperimentDocument running = Samples.Completed(runs: 0) with { Status = ExperimentStatus.Running };
        Assert.False(await _store.AdvanceAsync(running));
        Assert.Null(await _store.FindAsync(running.Id));

        for (int attempt = 0; attempt < 10; attempt++)
        {
            await _store.SaveAsync(running);
            Task[] advances = [.. Enumerable.Range(1, 4).Select(AdvanceWhileItRunsAsync)];
            await _store.SaveAsync(running with { Status = ExperimentStatus.Cancelled });

            await Task.WhenAll(advances);
            Assert.Equal(ExperimentStatus.Cancelled, (await _store.FindAsync(running.Id))!.Status);
        }

        async Task AdvanceWhileItRunsAsync(int done)
        {
            while (await _store.AdvanceAsync(running with { Progress = new ExperimentProgress(done, 10, null) }))
            {
                // At once again: one of them will be under way when it ends.
            }
        }
    }

    [Fact(Timeout = Guard)]
    public async Task Progress_replaces_what_was_known_and_does_not_go_back()
    {
        ExperimentDocument running = Samples.Completed(runs: 0) with { Status = ExperimentStatus.Running, Progress = new ExperimentProgress(1, 10, null) };
        await _store.SaveAsync(running);

        Assert.True(await _store.AdvanceAsync(running with { Progress = new ExperimentProgress(3, 10, "round 1") }));
        // As an activity does that is executed again.
        Assert.True(await _store.AdvanceAsync(running with { Progress = new ExperimentProgress(2, 10, "round 1") }));

        Assert.Equal(new ExperimentProgress(3, 10, "round 1"), (await _store.FindAsync(running.Id))!.Progress);
    }

    [Fact(Timeout = Guard)]
    public async Task A_run_written_twice_is_stored_once_as_it_was_written_last()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        RunTimings early = Samples.Timings(document.Runs[0] with { WallMs = 1 }, tasks: 130);
        RunTimings later = Samples.Timings(document.Runs[0], tasks: 250);

        await _store.AppendAsync(document.Id, early);
        await _store.AppendAsync(document.Id, later);

        RunTimings read = Assert.Single(await _store.ReadTimingsAsync(document).ToListAsync());
        Assert.Equal(later.Timings, read.Timings);
        Assert.Equal(later.Run, Assert.Single(await _store.ReadRunsAsync(document.Id).ToListAsync()));
    }

    [Fact(Timeout = Guard)]
    public async Task Runs_are_found_while_their_experiment_goes_on_and_as_they_are_judged_at_its_end()
    {
        ExperimentDocument document = Samples.Completed(runs: 3);
        foreach (RunResult run in document.Runs.Reverse())
            await _store.AppendAsync(document.Id, Samples.Timings(run, tasks: 2));

        Assert.Equal(document.Runs, await _store.ReadRunsAsync(document.Id).ToListAsync());
        Assert.Equal(document.Runs[1], await _store.FindRunAsync(document.Id, document.Runs[1].RunId));
        Assert.Null(await _store.FindRunAsync(document.Id, "r999"));

        RunResult judged = document.Runs[1] with { Failed = 2, Mismatches = 2, Error = "2 of 2 checksums differ from the baseline's" };
        await _store.SaveAsync(document with { Runs = [document.Runs[0], judged, document.Runs[2]] });
        Assert.Equal(judged, await _store.FindRunAsync(document.Id, judged.RunId));
    }

    [Fact(Timeout = Guard)]
    public async Task A_run_of_more_rows_than_a_group_and_a_part_hold_comes_back_whole()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        var random = new Random(7);
        RunTimings large = Samples.Timings(document.Runs[0], tasks: 200_000);
        large = large with
        {
            Timings = [.. large.Timings.Select(row => row with { StartedMs = random.NextDouble(), FinishedMs = random.NextDouble(), Checksum = (ulong)random.NextInt64() })],
        };
        await _store.AppendAsync(document.Id, large);

        BlobClient blob = _account.Blobs.GetBlobContainerClient(_account.Names.Timings).GetBlobClient($"{document.Id}/{large.Run.RunId}.parquet");
        Assert.True((await blob.GetPropertiesAsync()).Value.ContentLength > FileContainer.PartBytes);
        Assert.Equal(large.Timings, (await _store.ReadTimingsAsync(document).SingleAsync()).Timings);
    }

    [Theory(Timeout = Guard)]
    [InlineData("PAR1 and no more")]
    [InlineData("")]
    public async Task A_damaged_file_of_timings_is_named(string content)
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        await _store.AppendAsync(document.Id, Samples.Timings(document.Runs[0], tasks: 3));
        string name = $"{document.Id}/{document.Runs[0].RunId}.parquet";
        await _account.Blobs.GetBlobContainerClient(_account.Names.Timings).GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(content), overwrite: true);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _store.ReadTimingsAsync(document).ToListAsync().AsTask());

        Assert.Contains($"timings/{name}", error.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task Missing_timings_are_told()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        foreach (RunResult run in document.Runs)
            await _store.AppendAsync(document.Id, Samples.Timings(run, run.Tasks));
        await _account.Blobs.GetBlobContainerClient(_account.Names.Timings).GetBlobClient($"{document.Id}/{document.Runs[1].RunId}.parquet").DeleteAsync();
        var told = new List<string>();
        await using var store = new AzureExperimentStore(_account, notes: new Notes(told));

        await store.ReadTimingsAsync(document).ToListAsync();

        Assert.Equal([$"timings/{document.Id}: 250 timings of 1 run missing: 250 of {document.Runs[1].RunId}"], told);
    }

    [Fact(Timeout = Guard)]
    public async Task Table_runs_shows_an_experiment_at_a_glance()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        RunTimings run = Samples.Timings(document.Runs[0], tasks: 100);
        await _store.AppendAsync(document.Id, run);

        TableEntity row = await _account.Tables.GetTableClient(_account.Names.Runs).GetEntityAsync<TableEntity>(document.Id, run.Run.RunId);

        Assert.Equal(("primes", 20_000L, "threads", 12.5), (row.GetString("workload"), row.GetInt64("size"), row.GetString("model"), row.GetDouble("wallMs")));
        Assert.Equal((1, "00000000deadbeef", true), (row.GetInt32("hosts"), row.GetString("checksum"), row.GetBoolean("isValid")));
    }

    [Fact(Timeout = Guard)]
    public async Task A_running_experiment_is_found_with_its_progress()
    {
        ExperimentDocument document = Samples.Running(DateTimeOffset.UtcNow);
        await _store.SaveAsync(document);

        MeasurementDocument? found = await _store.FindAsync(document.Id);

        AssertSame(document, found);
    }

    [Fact(Timeout = Guard)]
    public async Task An_ended_experiment_of_many_megabytes_comes_back_whole()
    {
        ExperimentDocument document = Samples.Completed(runs: 20_000) with { Error = new string('x', 100_000) };
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(document, ExperimentJson.Compact).Length > 8_000_000);
        await _store.SaveAsync(document with { Status = ExperimentStatus.Running, Runs = [], FinishedAt = null });
        await _store.SaveAsync(document);

        AssertSame(document, await _store.FindAsync(document.Id));

        var listed = Assert.IsType<ExperimentDocument>(Assert.Single(await _store.ListAsync().ToListAsync()));
        Assert.Equal(ExperimentStatus.Completed, listed.Status);
        Assert.Empty(listed.Runs);
    }

    [Fact(Timeout = Guard)]
    public async Task The_newest_experiment_is_listed_first()
    {
        var starts = new[] { "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-09T10:00:00Z", "2026-01-10T09:00:00Z", "2031-10-10T00:00:00Z" };
        List<string> ids = [];
        foreach (int index in new[] { 2, 0, 4, 1, 3 })
        {
            var at = DateTimeOffset.Parse(starts[index], System.Globalization.CultureInfo.InvariantCulture);
            ExperimentDocument document = Samples.Completed(startedAt: at);
            ids.Add(document.Id);
            await _store.SaveAsync(document);
        }

        List<MeasurementDocument> listed = await _store.ListAsync().ToListAsync();

        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), listed.Select(document => document.Id));
        Assert.Equal(ids.Max(StringComparer.Ordinal), Assert.Single(await _store.ListAsync().Take(1).ToListAsync()).Id);
    }

    [Theory(Timeout = Guard)]
    [InlineData("status", "exploded")]
    [InlineData("id", "../../outside")]
    [InlineData("schemaVersion", 99)]
    public async Task An_entity_that_cannot_be_read_does_not_hide_the_others(string column, object value)
    {
        ExperimentDocument good = Samples.Completed();
        ExperimentDocument bad = Samples.Completed();
        foreach (ExperimentDocument document in new[] { good, bad })
            await _store.SaveAsync(document);
        await _account.Tables.GetTableClient(_account.Names.Experiments).UpdateEntityAsync(
            new TableEntity(ExperimentEntity.Partition, ExperimentEntity.RowKey(bad.Id)) { [column] = value }, Azure.ETag.All, TableUpdateMode.Merge);
        var notes = new List<string>();
        await using var store = new AzureExperimentStore(_account, notes: new Notes(notes));

        Assert.Equal(good.Id, Assert.Single(await store.ListAsync().ToListAsync()).Id);
        Assert.Contains("is left out", Assert.Single(notes), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync(bad.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task Of_an_experiment_whose_program_ended_the_stored_runs_are_analysed()
    {
        ExperimentDocument document = Samples.Running(DateTimeOffset.UtcNow);
        await _store.SaveAsync(document);
        await _store.AppendAsync(document.Id, Samples.Timings(Samples.Run(1), tasks: 2));
        await using var store = new AzureExperimentStore(_account, hasEnded: id => id == document.Id);

        var found = (ExperimentDocument)(await store.FindAsync(document.Id))!;

        Assert.Equal(ExperimentStatus.Failed, found.Status);
        Assert.Equal(Samples.Run(1), Assert.Single(found.Runs));
        Assert.NotEmpty(found.Analysis);
        Assert.Equal(ExperimentStatus.Running, (await _store.FindAsync(document.Id))!.Status);
    }

    [Fact(Timeout = Guard)]
    public async Task Deleting_removes_everything_of_one_experiment_and_nothing_of_another()
    {
        ExperimentDocument document = Samples.Completed(runs: 2);
        ExperimentDocument other = Samples.Completed(runs: 1);
        foreach (ExperimentDocument each in new[] { document, other })
        {
            await _store.SaveAsync(each);
            foreach (RunResult run in each.Runs)
                await _store.AppendAsync(each.Id, Samples.Timings(run, tasks: 450));
            await _store.SaveFileAsync(each.Id, "report.html", new MemoryStream("<p>"u8.ToArray()));
        }

        Assert.True(await _store.DeleteAsync(document.Id));

        Assert.Null(await _store.FindAsync(document.Id));
        Assert.All(await _store.ReadTimingsAsync(document).ToListAsync(), run => Assert.Empty(run.Timings));
        Assert.Null(await _store.OpenFileAsync(document.Id, "report.html"));
        Assert.Null(await _store.OpenFileAsync(document.Id, "experiment.json"));
        Assert.False(await _store.DeleteAsync(document.Id));
        AssertSame(other, await _store.FindAsync(other.Id));
        Assert.Equal(454, Assert.Single(await _store.ReadTimingsAsync(other).ToListAsync()).Timings.Count);
        Assert.NotNull(await _store.OpenFileAsync(other.Id, "report.html"));
    }

    [Fact(Timeout = Guard)]
    public async Task Two_programs_may_delete_the_same_experiment_at_once()
    {
        ExperimentDocument document = Samples.Completed(runs: 1);
        await _store.SaveAsync(document);
        await _store.AppendAsync(document.Id, Samples.Timings(document.Runs[0], tasks: 400));
        await using var second = new AzureExperimentStore(_account);

        await Task.WhenAll(_store.DeleteAsync(document.Id), second.DeleteAsync(document.Id));

        Assert.False(await _store.DeleteAsync(document.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task Files_come_back_as_they_were_stored_with_the_type_a_browser_needs()
    {
        ExperimentDocument document = Samples.Completed();
        byte[] bytes = new byte[9 * 1024 * 1024];
        new Random(7).NextBytes(bytes);
        await _store.SaveFileAsync(document.Id, "trace.json", new MemoryStream(bytes));
        await _store.SaveFileAsync(document.Id, "report.html", new MemoryStream(Encoding.UTF8.GetBytes("first, and longer")));
        await _store.SaveFileAsync(document.Id, "report.html", new MemoryStream(Encoding.UTF8.GetBytes("second")));

        await using Stream trace = (await _store.OpenFileAsync(document.Id, "trace.json"))!;
        using var copy = new MemoryStream();
        await trace.CopyToAsync(copy);
        using var report = new StreamReader((await _store.OpenFileAsync(document.Id, "report.html"))!);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal("second", await report.ReadToEndAsync());
        var properties = await _account.Blobs.GetBlobContainerClient(_account.Names.Reports)
            .GetBlobClient($"{document.Id}/report.html").GetPropertiesAsync();
        Assert.StartsWith("text/html", properties.Value.ContentType, StringComparison.Ordinal);
        Assert.Null(await _store.OpenFileAsync(document.Id, "none.json"));
    }

    [Fact(Timeout = Guard)]
    public async Task What_is_no_id_is_not_found_and_a_path_is_no_file_name()
    {
        Assert.Null(await _store.FindAsync("' or true"));
        Assert.False(await _store.DeleteAsync("../x"));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenFileAsync(Samples.Running().Id, "../experiment.json"));
    }

    [Fact(Timeout = Guard)]
    public async Task A_list_goes_on_after_the_experiment_where_a_page_ended()
    {
        ExperimentDocument[] experiments = [.. Enumerable.Range(0, 3).Select(day => Samples.Completed(startedAt: Samples.Start.AddDays(day)))];
        foreach (ExperimentDocument experiment in experiments)
            await _store.SaveAsync(experiment);

        List<MeasurementDocument> rest = await _store.ListAsync(afterId: experiments[2].Id).ToListAsync();

        Assert.Equal([experiments[1].Id, experiments[0].Id], rest.Select(document => document.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task A_waiting_experiment_is_found_as_it_was_stored()
    {
        ExperimentDocument document = Samples.Pending(DateTimeOffset.UtcNow);
        await _store.SaveAsync(document);

        AssertSame(document, await _store.FindAsync(document.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_of_a_Functions_app_is_never_taken_for_abandoned()
    {
        ExperimentDocument document = Samples.Running(DateTimeOffset.UtcNow);
        document = document with { Environment = document.Environment with { Engine = EngineNames.AzureFunctions } };
        await _store.SaveAsync(document);
        await using var later = new AzureExperimentStore(_account, new ShiftedClock(TimeSpan.FromDays(1)));

        AssertSame(document, await later.FindAsync(document.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task An_experiment_whose_program_was_killed_is_shown_as_abandoned()
    {
        ExperimentDocument document = Samples.Pending(DateTimeOffset.UtcNow);
        await using (var killed = new AzureExperimentStore(_account))
            await killed.SaveAsync(document);
        await using var later = new AzureExperimentStore(_account, new ShiftedClock(TimeSpan.FromMinutes(6)));

        MeasurementDocument found = (await later.FindAsync(document.Id))!;

        Assert.Equal(ExperimentStatus.Failed, found.Status);
        Assert.StartsWith("abandoned", found.Error, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Pending, (await _store.FindAsync(document.Id))!.Status);
    }

    [Fact(Timeout = Guard)]
    public async Task A_heartbeat_keeps_a_long_run_from_being_taken_for_abandoned()
    {
        ExperimentDocument document = Samples.Running(DateTimeOffset.UtcNow);
        // Its clock is six minutes ahead, and its timers tick at once: a heartbeat shows as a sign of life in the future.
        await using var running = new AzureExperimentStore(_account, new ShiftedClock(TimeSpan.FromMinutes(6), hasty: true));
        await _store.SaveAsync(document);
        await running.SaveAsync(document);
        DateTimeOffset first = await UpdatedAtAsync(document.Id);

        DateTimeOffset latest = first;
        for (int tries = 0; latest == first && tries < 600; tries++)
        {
            await Task.Delay(50);
            latest = await UpdatedAtAsync(document.Id);
        }

        Assert.True(latest > first);
    }

    [Theory(Timeout = Guard)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Storage_that_goes_down_while_a_run_is_written_or_read_is_an_error_and_nothing_is_lost_once_it_is_back(bool blobs)
    {
        int blobPort = _account.Blobs.Uri.Port;
        int tablePort = _account.Tables.Uri.Port;
        using var proxy = new SwitchableProxy(blobs ? blobPort : tablePort);
        var options = new StorageOptions
        {
            Prefix = azurite.NewPrefix(),
            Patience = TimeSpan.FromSeconds(1),
            NetworkTimeout = TimeSpan.FromSeconds(1),
        };
        var account = StorageAccount.Parse(
            new AzuriteEndpoints(blobs ? proxy.Port : blobPort, _account.Queues.Uri.Port, blobs ? tablePort : proxy.Port).ConnectionString, options);
        await using var store = new AzureExperimentStore(account);
        ExperimentDocument document = Samples.Completed(runs: 2);
        await store.AppendAsync(document.Id, Samples.Timings(document.Runs[0], tasks: 200));

        proxy.SwitchOff();
        RunTimings second = Samples.Timings(document.Runs[1], tasks: 200);
        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.AppendAsync(document.Id, second));
        Assert.Contains($":{proxy.Port}", exception.Message, StringComparison.Ordinal);
        if (blobs)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadTimingsAsync(document).ToListAsync().AsTask());

        proxy.SwitchOn();
        Assert.Equal(document.Runs[0].RunId, (await store.ReadRunsAsync(document.Id).SingleAsync()).RunId);
        await store.AppendAsync(document.Id, second);
        Assert.All(await store.ReadTimingsAsync(document).ToListAsync(), run => Assert.Equal(202, run.Timings.Count));
    }

    [Fact(Timeout = Guard)]
    public async Task Storage_that_cannot_be_used_is_noticed_before_anything_is_measured()
    {
        var patient = new StorageOptions { Patience = TimeSpan.FromHours(1) };
        await using var store = new AzureExperimentStore(StorageAccount.Parse(new AzuriteEndpoints(1, 1, 1).ConnectionString, patient));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.PrepareAsync());
    }

    private static void AssertSame(MeasurementDocument expected, MeasurementDocument? found) => Assert.Equal(
        JsonSerializer.Serialize(expected, ExperimentJson.Compact),
        JsonSerializer.Serialize(found, ExperimentJson.Compact));

    private async Task<DateTimeOffset> UpdatedAtAsync(string id)
    {
        TableEntity entity = await _account.Tables.GetTableClient(_account.Names.Experiments)
            .GetEntityAsync<TableEntity>(ExperimentEntity.Partition, ExperimentEntity.RowKey(id));
        return entity.GetDateTimeOffset(ExperimentEntity.UpdatedAtColumn)!.Value;
    }

    private sealed class Notes(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }

    /// <summary>A clock that is ahead of the system's; a hasty one has timers that tick every 50 ms.</summary>
    private sealed class ShiftedClock(TimeSpan ahead, bool hasty = false) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var tick = TimeSpan.FromMilliseconds(50);
            return hasty ? base.CreateTimer(callback, state, tick, tick) : base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
