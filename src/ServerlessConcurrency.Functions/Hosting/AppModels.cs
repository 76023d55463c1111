using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Pool;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>The concurrency models of the app: those that run within one function, and those that orchestrations carry out.</summary>
internal static class AppModels
{
    /// <summary>A message for each task, executed by the queue-triggered function.</summary>
    public const string Queue = "queue";

    /// <summary>An activity for each task.</summary>
    public const string Durable = "durable";

    /// <summary>An activity for each share of the tasks.</summary>
    public const string DurableBatch = "durable-batch";

    /// <summary>What a plan needs to know of every model, in the order in which a spec that names none gets them.</summary>
    public static IReadOnlyList<IModelDegree> Degrees { get; } =
    [
        .. BuiltInModels.Create(),
        new HostDegree(ProcessesModel.ModelId),
        new HostDegree(Queue),
        new HostDegree(Durable),
        new HostDegree(DurableBatch),
    ];

    /// <summary>What a spec may ask of the app.</summary>
    public static SpecRules Rules { get; } = new(
        EveryWorkload.Create(new WorkloadEnvironment()),
        [.. Degrees.Select(model => model.Id)],
        new Dictionary<string, string>(),
        NoColdStart: "is for the local engine: a Functions app's processes are started by its host, not by a run",
        Claims: ClaimRegistry.Ids);

    /// <summary>The plan of an experiment; the same on every host, and whenever an orchestration is replayed.</summary>
    public static ExperimentPlan Plan(ExperimentDocument document) =>
        new(document.Spec, Rules.Workloads, Degrees, document.Environment.Processors);

    private sealed record HostDegree(string Id) : IModelDegree
    {
        public int DefaultDegree(WorkloadNature nature, int tasks, int processors) => processors;

        public int EffectiveDegree(int requested) => requested;
    }
}
