using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Queueing;

/// <summary>Where queue workers put task attempts and the fan-in finds them, for as long as their experiment runs.</summary>
public interface ITaskResults
{
    /// <summary>Makes a place for the attempts of an experiment, unless there is one.</summary>
    Task CreateAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Writes attempts of one run; writing the same attempt again replaces it. Dropped where the experiment has no place.</summary>
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

    /// <summary>Removes the place with all attempts; safe to repeat.</summary>
    Task DeleteAsync(string experimentId, CancellationToken cancellationToken = default);
}
