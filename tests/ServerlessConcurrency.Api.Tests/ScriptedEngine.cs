using System.Collections.Concurrent;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Api.Tests;

/// <summary>An engine that runs nothing, takes down what it is asked for, and fails where a test wants it to.</summary>
internal sealed class ScriptedEngine(IExperimentStore store) : IExperimentEngine
{
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Thrown by the next start; null: none.</summary>
    public Exception? StartFailure { get; set; }

    /// <summary>Thrown when it is asked whether it could store; null: nothing.</summary>
    public Exception? CheckFailure { get; set; }

    /// <summary>Whether what is started begins at once.</summary>
    public bool BeginsAtOnce { get; set; }

    /// <summary>Changes what is observed; null: nothing.</summary>
    public Func<MeasurementDocument, MeasurementDocument>? Observed { get; set; }

    /// <summary>What it has under way, whatever the store knows.</summary>
    public IReadOnlyList<MeasurementDocument> UnderWay { get; set; } = [];

    public SpecRules Rules { get; } = new(
        new WorkloadCatalog(BuiltInWorkloads.Create(new WorkloadEnvironment())),
        ["sequential", "threads", "queue"],
        new Dictionary<string, string> { ["queue"] = "needs storage" },
        Claims: ["C1", "C4"]);

    public EnvironmentInfo Environment { get; } = new("an OS", "a CPU", 4, ".NET", "scripted");

    public Task CheckAsync(CancellationToken cancellationToken) => CheckFailure is null ? Task.CompletedTask : Task.FromException(CheckFailure);

    public async Task StartAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        Assert.Equal(ExperimentStatus.Pending, (await store.FindAsync(document.Id, cancellationToken))!.Status);
        if (StartFailure is { } failure)
            throw failure;
        Calls.Enqueue($"start {document.Id}");
        if (BeginsAtOnce)
            await store.SaveAsync(document with { Status = ExperimentStatus.Running }, cancellationToken);
    }

    public void Refuse(string id) => Calls.Enqueue($"refuse {id}");

    public Task<MeasurementDocument> ObserveAsync(MeasurementDocument stored, CancellationToken cancellationToken) =>
        Task.FromResult(Observed?.Invoke(stored) ?? stored);

    public async Task CancelAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"cancel {stored.Id}");
        await store.SaveAsync(stored with { Status = ExperimentStatus.Cancelled }, cancellationToken);
    }

    public async Task ForgetAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        Assert.True(await store.FindAsync(stored.Id, cancellationToken) is not null || UnderWay.Contains(stored));
        Calls.Enqueue($"forget {stored.Id}");
    }
}
