using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>How many runs are done.</summary>
/// <param name="RunsDone">Finished runs, warm-up included.</param>
/// <param name="RunsTotal">All runs planned so far, warm-up included.</param>
/// <param name="CurrentRun">The run under way, for people, e.g. <c>round 2: primes 20000 threads</c>; null between runs.</param>
public sealed record ExperimentProgress(int RunsDone, int RunsTotal, string? CurrentRun)
{
    /// <summary>The id of the run under way where it has an orchestration of its own; else null.</summary>
    public string? CurrentRunId { get; init; }

    /// <summary>How many timings are measured and not stored yet, because the storage is slow or does not answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WaitingTimings { get; init; }

    /// <summary>For how long rounds were measured so far, in ms: what counts towards the time budget, over all programs that measured them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MeasuredMs { get; init; }

    /// <summary>What further rounds are measured for, for people, e.g. <c>primes 100000: threads or async</c>; null where their number is fixed.</summary>
    public string? WaitsFor { get; init; }
}
