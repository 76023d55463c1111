namespace ServerlessConcurrency.Workers.Queue;

/// <summary>How model <c>queue</c> treats its messages. The defaults suit Azurite as well as Azure.</summary>
public sealed record QueueOptions
{
    /// <summary>
    /// How long a received message stays invisible to other workers, in whole seconds from 1; default 15 s. It is renewed within a third
    /// of it while the task waits or runs, so it bounds how long the tasks of a killed worker stay away, not how long a task may take.
    /// </summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a message is delivered before it goes to the poison queue; 1 or more, default 5, as in Azure Functions.</summary>
    public int MaxDeliveries { get; init; } = 5;

    /// <summary>
    /// What a task waits for its second retry after an exception, in whole seconds; its first comes at once, and every later one
    /// waits that much longer. Default 1 s.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first pause after the queue was found empty; each further one is twice as long. Default 10 ms.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest pause between two looks at an empty queue. Default 500 ms.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(500);
}
