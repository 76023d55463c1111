using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Orchestration;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>
/// Experiments on a task hub in memory, which replays an orchestration at each step: the real orchestrators, and the real activities
/// but for those that a test replaces before it starts the app.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "The tests of the Functions app extend it.")]
internal class TestApp : IAsyncDisposable
{
    public const int Guard = 120_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private IHost? _host;

    public TestApp(StorageAccount? account = null, IExperimentStore? store = null)
    {
        ITaskResults attempts = account is null ? new NoTaskResults() : new StorageTaskResults(account);
        account ??= StorageAccount.Parse("UseDevelopmentStorage=true");
        Store = store ?? Memory;
        Journal = new RunJournal(Store);
        Results = new ExperimentResults(new StoreSink(Store, TimeProvider.System), Journal, attempts);
        Host = new ActivityHost(account);
        ExecuteTask = request => new ExecuteTask(Host).RunAsync(request, default);
        ExecuteTaskBatch = request => new ExecuteTaskBatch(Host, Journal).RunAsync(request, default);
        RunInFunction = request => new RunInFunction(Host, Journal).RunAsync(request, default);
        RecordTimings = recording => new RecordTimings(Journal).RunAsync(recording, default);
        InspectWorkloads = spec => new InspectWorkloads(Host).RunAsync(spec, default);
        CheckEvidence = conclusion => new CheckEvidence(Results).RunAsync(conclusion, default);
        AnalyzeExperiment = conclusion => new AnalyzeExperiment(Journal, Results).RunAsync(conclusion, default);
        EnqueueTasks = static _ => throw new NotSupportedException("there is no queue");
        CollectQueueResults = request =>
            new CollectQueueResults(attempts, Journal, Host).RunAsync(request, default);
    }

    public MemoryStore Memory { get; } = new();

    public IExperimentStore Store { get; }

    public RunJournal Journal { get; }

    public ExperimentResults Results { get; }

    public ActivityHost Host { get; }

    public OrchestrationLog Log { get; } = new();

    public Func<RunOrder, Task<TaskResult>> ExecuteTask { get; set; }

    public Func<BatchRequest, Task<BatchResult>> ExecuteTaskBatch { get; set; }

    public Func<RunRequest, Task> RunInFunction { get; set; }

    public Func<RunRecording, Task> RecordTimings { get; set; }

    public Func<ExperimentSpec, Task<ExperimentSpec>> InspectWorkloads { get; set; }

    public Func<Conclusion, Task<bool>> CheckEvidence { get; set; }

    public Func<Conclusion, Task<ExperimentStatus>> AnalyzeExperiment { get; set; }

    public Func<RunRequest, Task<QueueRun>> EnqueueTasks { get; set; }

    public Func<CollectRequest, Task<CollectProgress>> CollectQueueResults { get; set; }

    public DurableTaskClient Client => _host!.Services.GetRequiredService<DurableTaskClient>();

    public async Task StartAsync()
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddInMemoryDurableTask(Register, new InMemoryDurableTaskOptions { Port = FreePort() });
        builder.Services.AddSingleton<InMemoryOrchestrationService, WideOrchestrationService>();
        _host = builder.Build();
        await _host.StartAsync().WaitAsync(Patience);
    }

    /// <summary>Carries out a run of a fan-out by itself.</summary>
    /// <returns>The run as it was kept; null where it was not.</returns>
    public async Task<RunResult?> FanOutAsync(PlannedRun run, FanOutOptions? options = null, ExperimentSpec? spec = null)
    {
        ExperimentDocument document = SmallExperiment.Document(spec ?? SmallExperiment.Spec(run.Model));
        await Store.SaveAsync(document);
        await StartAsync();
        var state = SmallExperiment.FanOut(document, run) with { Options = options ?? new FanOutOptions { RetryDelaySeconds = 0.01 } };
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(FanOutOrchestrator), state, new StartOrchestrationOptions("fan-out"));
        await EndAsync(id, OrchestrationRuntimeStatus.Completed);
        return (await Journal.ReadRunsAsync(document.Id, [run], default)).SingleOrDefault();
    }

    /// <summary>Carries out an experiment.</summary>
    /// <returns>The experiment as it was stored.</returns>
    public async Task<ExperimentDocument> RunAsync(ExperimentSpec spec, FanOutOptions? fanOut = null)
    {
        var journey = new ExperimentJourney { Document = SmallExperiment.Document(spec), FanOut = fanOut ?? new FanOutOptions() };
        return (ExperimentDocument)await RunAsync(nameof(ExperimentOrchestrator), journey.Document, journey);
    }

    /// <summary>Carries out what an orchestrator is for.</summary>
    /// <returns>The measurement as it was stored.</returns>
    protected async Task<MeasurementDocument> RunAsync(string orchestrator, MeasurementDocument document, object input)
    {
        await Store.SaveAsync(document);
        await StartAsync();
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(document.Id));
        await EndAsync(document.Id, OrchestrationRuntimeStatus.Completed);
        return (await Store.FindAsync(document.Id))!;
    }

    /// <summary>Waits for the end of an orchestration, and makes sure that no replay did anything else than what it had done.</summary>
    public async Task EndAsync(string instanceId, OrchestrationRuntimeStatus expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        OrchestrationMetadata ended = await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);
        Assert.True(ended.RuntimeStatus == expected, $"{ended.RuntimeStatus}: {ended.FailureDetails}");
        Assert.Empty(Log.Differences);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        await Host.DisposeAsync();
    }

    protected virtual void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<ExperimentJourney, ExperimentStatus>(
            nameof(ExperimentOrchestrator),
            (context, journey) => ExperimentOrchestrator.RunAsync(new WatchedContext(context, Log, journey), journey));
        tasks.AddOrchestratorFunc<FanOutState>(
            nameof(FanOutOrchestrator),
            (context, state) => FanOutOrchestrator.RunAsync(new WatchedContext(context, Log, state), state));
        tasks.AddActivityFunc<RunOrder, TaskResult>(nameof(ExecuteTask), (_, input) => ExecuteTask(input));
        tasks.AddActivityFunc<BatchRequest, BatchResult>(nameof(ExecuteTaskBatch), (_, input) => ExecuteTaskBatch(input));
        tasks.AddActivityFunc<RunRequest>(nameof(RunInFunction), (_, input) => RunInFunction(input));
        tasks.AddActivityFunc<RunRecording>(nameof(RecordTimings), (_, input) => RecordTimings(input));
        tasks.AddActivityFunc<ExperimentSpec, ExperimentSpec>(nameof(InspectWorkloads), (_, input) => InspectWorkloads(input));
        tasks.AddActivityFunc<Conclusion, bool>(nameof(CheckEvidence), (_, input) => CheckEvidence(input));
        tasks.AddActivityFunc<Conclusion, ExperimentStatus>(nameof(AnalyzeExperiment), (_, input) => AnalyzeExperiment(input));
        tasks.AddActivityFunc<RunRequest, QueueRun>(nameof(EnqueueTasks), (_, input) => EnqueueTasks(input));
        tasks.AddActivityFunc<CollectRequest, CollectProgress>(nameof(CollectQueueResults), (_, input) => CollectQueueResults(input));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
