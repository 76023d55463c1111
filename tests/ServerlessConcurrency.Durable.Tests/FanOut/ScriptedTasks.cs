using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

/// <summary>Executes tasks as a test says, on two hosts in turn, and notes how.</summary>
internal sealed class ScriptedTasks
{
    private readonly ConcurrentDictionary<int, int> _attempts = new();
    private int _atOnce;
    private int _mostAtOnce;
    private int _begun;

    /// <summary>How an attempt at a task ends; <see cref="TaskOutcome.Lost"/>: the activity throws.</summary>
    public Func<int, int, TaskOutcome> Outcome { get; init; } = static (_, _) => TaskOutcome.Succeeded;

    /// <summary>What an activity waits for before its task begins.</summary>
    public Func<RunOrder, Task> Before { get; init; } = static _ => Task.Delay(2);

    /// <summary>How many activities were executed at once at most.</summary>
    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    /// <summary>How many activities began.</summary>
    public int Begun => Volatile.Read(ref _begun);

    public IReadOnlyDictionary<int, int> AttemptsByTask => _attempts;

    public static ulong Checksum(int index) => 1_000UL + (ulong)index;

    public static string Machine(int index) => index % 2 == 0 ? "even" : "odd";

    public async Task<TaskResult> ExecuteAsync(RunOrder request)
    {
        int attempt = _attempts.AddOrUpdate(request.FirstTask, 1, static (_, before) => before + 1);
        Interlocked.Increment(ref _begun);
        Raise(Interlocked.Increment(ref _atOnce));
        try
        {
            await Before(request);
            long started = UtcClock.Instance.GetTimestamp();
            TaskOutcome outcome = Outcome(request.FirstTask, attempt);
            if (outcome == TaskOutcome.Lost)
                throw new InvalidOperationException("the host\ndied");
            bool succeeded = outcome == TaskOutcome.Succeeded;
            return new TaskResult(
                Machine(request.FirstTask),
                4711,
                7,
                started,
                UtcClock.Instance.GetTimestamp(),
                succeeded ? Checksum(request.FirstTask) : 0,
                outcome,
                succeeded ? null : $"attempt {attempt} at {request.FirstTask} went wrong",
                ActivityUsage.Of(new ResourceUsage(TimeSpan.FromMilliseconds(3), 1, 2, 1_000 + request.FirstTask, 0, 0, 0, 10, StorageRequests.None)));
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private void Raise(int atOnce)
    {
        int most;
        while (atOnce > (most = Volatile.Read(ref _mostAtOnce)))
            Interlocked.CompareExchange(ref _mostAtOnce, atOnce, most);
    }
}
