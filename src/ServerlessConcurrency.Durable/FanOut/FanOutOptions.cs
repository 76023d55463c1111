namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>
/// How <c>durable</c> and <c>durable-batch</c> treat their activities: section <c>FanOut</c> of the settings. Read when an
/// experiment is started and carried in its input, so that a change of settings does not touch one that is under way.
/// </summary>
public sealed record FanOutOptions
{
    /// <summary>How often a task is tried before it counts as failed, 1 to 100; default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>What the second attempt waits, in seconds; each further one waits twice as long. Default 1.</summary>
    public double RetryDelaySeconds { get; init; } = 1;

    /// <summary>
    /// After how many tasks the orchestration starts over with an empty history, 1 or more; default 250. Every step of an
    /// orchestration replays its history, so that a long one gets slower with each task; starting over costs a pause, in
    /// which results are stored and the run's clock stands still.
    /// </summary>
    public int TasksPerGeneration { get; init; } = 250;

    /// <summary>What an attempt waits.</summary>
    /// <param name="attempt">The attempt, from 2.</param>
    /// <returns>The delay, at most an hour.</returns>
    public TimeSpan DelayBefore(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(3600, RetryDelaySeconds * Math.Pow(2, attempt - 2)));
}
