using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Queueing;

/// <summary>Where queue workers put task attempts and the fan-in finds them: the rows of table <c>timings</c>.</summary>
public interface ITaskResults
{
    /// <summary>Writes attempts of one run; writing the same attempt again replaces it.</summary>
    /// <param name="runBeganTicks">When the run began: the rows hold times relative to it.</param>
    /// <param name="attempts">The attempts, their ticks on the same clock.</param>
    Task WriteAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        IReadOnlyList<TaskAttempt> attempts,
        CancellationToken cancellationToken = default);

    /// <summary>Reads attempts of one run.</summary>
    /// <param name="runBeganTicks">When the run began, to turn the rows' times into ticks again.</param>
    /// <param name="fromTaskIndex">The first task index to read.</param>
    /// <param name="toTaskIndex">The last task index to read.</param>
    /// <returns>The attempts, ordered by task index, then attempt.</returns>
    IAsyncEnumerable<TaskAttempt> ReadAsync(
        string experimentId,
        string runId,
        long runBeganTicks,
        int fromTaskIndex,
        int toTaskIndex,
        CancellationToken cancellationToken = default);

    Task DeleteAsync(string experimentId, string runId, CancellationToken cancellationToken = default);
}
