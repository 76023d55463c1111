namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// Decides how many messages a worker asks for and when, from what a request takes and what a task takes. Short tasks come in
/// large batches, asked for before the last one is used up, so that the worker never waits for the queue. Long tasks come one by
/// one: a task in a worker's hands is one that an idle worker cannot take.
/// </summary>
internal sealed class Prefetch
{
    /// <summary>The most messages that Azure Storage hands out in one request.</summary>
    public const int LargestBatch = 32;

    // A batch lasts at least four times as long as the request that fetches the next one.
    private const double RequestsPerBatch = 4;

    // The share of the newest observation in the running means.
    private const double Weight = 0.25;

    private readonly int _fairShare;
    private readonly Lock _lock = new();
    private double? _requestSeconds;
    private double? _taskSeconds;

    /// <summary>Creates the plan of one worker for one run.</summary>
    public Prefetch(int tasks, int degree)
    {
        int quarterOfShare = (int)Math.Ceiling(tasks / (degree * 4.0));
        _fairShare = Math.Clamp(quarterOfShare, 1, LargestBatch);
    }

    /// <summary>
    /// Whether to take one message at a time and only when idle. A message that comes a second time may be what killed the worker
    /// that had it: taken alone, it cannot take other tasks with it.
    /// </summary>
    public bool IsCareful { get; set; }

    /// <summary>How many messages to ask for: 1 to 32, and never more than a quarter of a worker's share of the tasks.</summary>
    public int BatchSize => IsCareful ? 1 : Math.Clamp(TasksDuring(RequestsPerBatch), 1, _fairShare);

    /// <summary>The next batch is asked for once no more than this many tasks wait in the worker, beside the one that runs.</summary>
    public int LowWater => IsCareful ? 0 : Math.Clamp(TasksDuring(1) - 1, 0, _fairShare);

    /// <summary>Takes note of what a request took that brought messages.</summary>
    public void RequestTook(TimeSpan duration)
    {
        lock (_lock)
            _requestSeconds = Mean(_requestSeconds, duration);
    }

    /// <summary>Takes note of what a task took.</summary>
    public void TaskTook(TimeSpan duration)
    {
        lock (_lock)
            _taskSeconds = Mean(_taskSeconds, duration);
    }

    private static double Mean(double? mean, TimeSpan newest) =>
        mean is { } known ? known + (Weight * (newest.TotalSeconds - known)) : newest.TotalSeconds;

    private int TasksDuring(double requests)
    {
        lock (_lock)
        {
            return _requestSeconds is { } request && _taskSeconds is { } task
                ? (int)Math.Min(Math.Ceiling(requests * request / Math.Max(task, 1e-9)), LargestBatch)
                : 0;
        }
    }
}
