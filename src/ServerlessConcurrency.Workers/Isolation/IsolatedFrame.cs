using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>The kinds of frames between a model and the process that carries out its runs, beside results as in a pool.</summary>
internal static class IsolatedFrame
{
    /// <summary>To the process: get ready for a run; a <see cref="Core.Runs.RunOrder"/> as JSON.</summary>
    public const byte WarmUp = 64;

    /// <summary>From the process: it has got ready. Without contents.</summary>
    public const byte Warm = 65;

    /// <summary>To the process: carry out a run; a <see cref="Core.Runs.RunOrder"/> as JSON.</summary>
    public const byte Run = 66;

    /// <summary>From the process, after the results: <see cref="IsolatedRun"/> as JSON.</summary>
    public const byte Ended = 67;

    /// <summary>To the process: find out about a workload; a <see cref="Core.Runs.RunOrder"/> as JSON.</summary>
    public const byte Inspect = 68;

    /// <summary>From the process: a <see cref="WorkloadInspection"/> as JSON.</summary>
    public const byte Inspected = 69;
}

/// <summary>What a process says of a run beside its results.</summary>
/// <param name="Wall">How long the run took, without the way to the process and back.</param>
internal sealed record IsolatedRun(ResourceUsage Usage, TimeSpan Wall);
