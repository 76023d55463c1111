namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// Every concurrency model, whoever can carry it out: documents name models by id that the program which reads them may not be able to run.
/// Those that work inside one process are in <see cref="BuiltInModels"/>; a new one with processes or hosts of its own is described here.
/// </summary>
public static class KnownModels
{
    /// <summary>Child processes of the function.</summary>
    public static ModelTraits Processes { get; } = new("processes")
    {
        Complexity = 50,
        ComputesInParallel = true,
        Wait = TaskWait.BlocksThread,
        Dispatch = TaskDispatch.Pipe,
    };

    /// <summary>A storage queue and separate host processes.</summary>
    public static ModelTraits Queue { get; } = new("queue")
    {
        Complexity = 70,
        ComputesInParallel = true,
        Wait = TaskWait.BlocksThread,
        Dispatch = TaskDispatch.QueueMessage,
    };

    /// <summary>A Durable fan-out of one activity a task.</summary>
    public static ModelTraits Durable { get; } = new("durable")
    {
        Complexity = 80,
        ComputesInParallel = true,
        Dispatch = TaskDispatch.Activity,
    };

    /// <summary>A Durable fan-out of one activity a share of the tasks.</summary>
    public static ModelTraits DurableBatch { get; } = new("durable-batch")
    {
        Complexity = 60,
        ComputesInParallel = true,
        Dispatch = TaskDispatch.ActivityBatch,
    };

    /// <summary>All, in the order in which a spec that names none gets them.</summary>
    public static IReadOnlyList<ModelTraits> All { get; } =
        [.. BuiltInModels.Create().Select(model => model.Traits), Processes, Queue, Durable, DurableBatch];

    /// <summary>The model of that id; where none is known, one of which nothing else is said.</summary>
    public static ModelTraits Get(string id) => All.FirstOrDefault(model => model.Id == id) ?? new ModelTraits(id);
}
