using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Functions.Claims;
using ServerlessConcurrency.Functions.Http;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;

namespace ServerlessConcurrency.Functions.Tests.InMemory;

/// <summary>The Functions app on a task hub in memory: experiments, its queue and claims.</summary>
internal sealed class FunctionsApp : TestApp
{
    public FunctionsApp(StorageAccount? account = null, IExperimentStore? store = null)
        : base(account ??= StorageAccount.Parse("UseDevelopmentStorage=true"), store)
    {
        Claims = new ClaimJournal(Journal);
        MeasureClaim = request => new MeasureClaim(new ClaimMeasurements(Host, account), Claims, Journal).RunAsync(request, default);
        EnqueueTasks = request => new EnqueueTasks(ServiceRegistration.TaskQueue(account), new StorageTaskResults(account), Journal).RunAsync(request, default);
    }

    public ClaimJournal Claims { get; }

    public Func<ClaimRequest, Task> MeasureClaim { get; set; }

    public DurableExperimentEngine Engine(FanOutOptions? fanOut = null) => new(Client, Store, Results, fanOut ?? new FanOutOptions());

    /// <summary>Carries out a measurement of claims.</summary>
    /// <returns>The measurement as it was stored.</returns>
    public async Task<ClaimsDocument> RunAsync(ClaimsSpec spec)
    {
        ClaimsDocument document = SmallExperiment.Document(spec);
        return (ClaimsDocument)await RunAsync(nameof(ClaimsOrchestrator), document, document);
    }

    protected override void Register(DurableTaskRegistry tasks)
    {
        base.Register(tasks);
        tasks.AddOrchestratorFunc<ClaimsDocument, ExperimentStatus>(
            nameof(ClaimsOrchestrator),
            (context, document) => ClaimsOrchestrator.RunAsync(new WatchedContext(context, Log, document), document));
        tasks.AddActivityFunc<ClaimRequest>(nameof(MeasureClaim), (_, input) => MeasureClaim(input));
    }
}
