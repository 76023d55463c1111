using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Engine;
using ServerlessConcurrency.Reporting.Files;

namespace ServerlessConcurrency.Tests;

/// <summary>The engine of <c>serve</c>, with experiments that run until the test ends them.</summary>
public sealed class LocalExperimentEngineTests : IAsyncLifetime
{
    private const int Guard = 60_000;
    private static readonly SpecRules Rules = new(new WorkloadCatalog(BuiltInWorkloads.Create(new WorkloadEnvironment())), ["sequential"], new Dictionary<string, string>());

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _end = new();
    private ResultsFolder _store = null!;
    private LocalExperimentEngine _engine = null!;

    public Task InitializeAsync()
    {
        _store = new ResultsFolder(_folder.Path);
        _engine = new LocalExperimentEngine(
            Rules,
            _store,
            _folder.Path,
            async (document, _, cancellationToken) =>
            {
                await _end.Task.WaitAsync(cancellationToken);
                document = document with { Status = ExperimentStatus.Completed, FinishedAt = document.StartedAt };
                await _store.SaveAsync(document, CancellationToken.None);
                return (document, null);
            },
            static _ => Task.CompletedTask,
            TimeProvider.System,
            static _ => { });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Guard)]
    public async Task It_knows_what_waits_and_runs_whatever_the_storage_has_lost()
    {
        MeasurementDocument[] documents = [New(), New()];
        foreach (MeasurementDocument document in documents)
            await _engine.StartAsync(document, CancellationToken.None);

        Assert.Equal(documents.Select(document => document.Id), _engine.UnderWay.Select(document => document.Id));
        _end.SetResult();
        while (!_engine.IsIdle)
            await Task.Delay(10);
        Assert.Empty(_engine.UnderWay);
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_was_refused_is_removed_and_one_that_was_asked_for_again_is_not()
    {
        MeasurementDocument refused = New();
        MeasurementDocument again = New();
        await _store.SaveAsync(refused);
        await _store.SaveAsync(again);
        await _engine.StartAsync(again, CancellationToken.None);

        _engine.Refuse(again.Id);
        _engine.Refuse(refused.Id);

        while (await _store.FindAsync(refused.Id) is not null)
            await Task.Delay(10);
        Assert.NotNull(await _store.FindAsync(again.Id));
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_another_program_runs_is_a_conflict()
    {
        MeasurementDocument document = New();
        using ExperimentLease other = ExperimentLease.Take(Path.Combine(_folder.Path, document.Id));

        await Assert.ThrowsAsync<ExperimentConflictException>(() => _engine.StartAsync(document, CancellationToken.None));
        await Assert.ThrowsAsync<ExperimentConflictException>(() => _engine.CancelAsync(document, CancellationToken.None));
    }

    [Fact(Timeout = Guard)]
    public async Task One_whose_end_the_storage_has_lost_has_failed_at_once()
    {
        MeasurementDocument document = New();
        _end.SetResult();
        await _engine.StartAsync(document, CancellationToken.None);
        while (!_engine.IsIdle)
            await Task.Delay(10);
        await _store.SaveAsync(document);

        MeasurementDocument observed = await _engine.ObserveAsync(document, CancellationToken.None);

        Assert.Equal(ExperimentStatus.Failed, observed.Status);
        Assert.Equal("it has ended or was removed, and the storage has lost that", observed.Error);
    }

    [Fact(Timeout = Guard)]
    public async Task One_that_is_forgotten_leaves_no_files_to_another_of_its_id()
    {
        MeasurementDocument document = New();
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, document.Id)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "timings.csv"), "");

        await _engine.ForgetAsync(document with { Status = ExperimentStatus.Completed }, CancellationToken.None);

        Assert.False(Directory.Exists(folder));
    }

    private MeasurementDocument New()
    {
        var spec = new ExperimentSpec { Name = "engine", Workloads = [new WorkloadSpec("primes", 100, 4)], Models = ["sequential"], Seed = 1 };
        return MeasurementDocument.Of(spec, ExperimentId.Create(DateTimeOffset.UtcNow), ExperimentStatus.Pending, DateTimeOffset.UtcNow, _engine.Environment);
    }
}
