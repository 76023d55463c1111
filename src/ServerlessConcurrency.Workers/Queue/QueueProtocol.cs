using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>The frames between the program and a queue worker. Tasks and results are not among them: they travel over storage.</summary>
internal static class QueueProtocol
{
    public static string Role => KnownModels.Queue.Id;

    /// <summary>From the parent, when a run begins: <see cref="QueueAssignment"/> as JSON.</summary>
    public const byte Begin = 32;

    /// <summary>From the parent, when every task of the run has its result. Without contents.</summary>
    public const byte End = 33;

    /// <summary>From the worker, when it has put down its work: <see cref="QueueWorkerReport"/> as JSON.</summary>
    public const byte Report = 34;

    /// <summary>From the parent, before a run, so that the worker warms up: <see cref="Core.Runs.RunOrder"/> as JSON.</summary>
    public const byte WarmUp = 35;

    /// <summary>From the worker, when it has warmed up. Without contents.</summary>
    public const byte Warm = 36;
}

/// <summary>What a worker says at the end of a run.</summary>
internal sealed record QueueWorkerReport(ResourceUsage Usage, int Rows);
