using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

/// <summary>
/// An orchestration without a task hub, for statements about every order of events: activities and timers stay open until the
/// test ends them, and whatever waits for one goes on at once, on the test's thread.
/// </summary>
internal sealed class SteppedContext : TaskOrchestrationContext
{
    private readonly List<Action> _timers = [];

    /// <summary>The activities in flight: the input, and what ends it, with a result or with an exception.</summary>
    public List<(object Input, Action<object> End)> Open { get; } = [];

    /// <summary>How many activities were in flight at most.</summary>
    public int MostOpen { get; private set; }

    public override TaskName Name => "stepped";

    public override string InstanceId => "stepped";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime { get; } = new(2026, 1, 31, 9, 30, 0, DateTimeKind.Utc);

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

    /// <summary>Ends activities and timers, one after another, until nothing is left.</summary>
    /// <param name="random">Chooses which is next.</param>
    /// <param name="execute">The result of an activity, or the exception that it threw.</param>
    public void RunToEnd(Random random, Func<object, object> execute)
    {
        while (Open.Count + _timers.Count > 0)
        {
            int next = random.Next(Open.Count + _timers.Count);
            if (next < Open.Count)
            {
                (object input, Action<object> end) = Open[next];
                Open.RemoveAt(next);
                end(execute(input));
            }
            else
            {
                Action fire = _timers[next - Open.Count];
                _timers.Remove(fire);
                fire();
            }
        }
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var activity = new TaskCompletionSource<TResult>();
        Open.Add((input!, End));
        MostOpen = Math.Max(MostOpen, Open.Count);
        return activity.Task;

        void End(object result)
        {
            if (result is Exception exception)
                activity.SetException(new TaskFailedException(name, 1, exception));
            else
                activity.SetResult((TResult)result);
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var timer = new TaskCompletionSource();
        _timers.Add(timer.SetResult);
        return timer.Task;
    }

    public override T? GetInput<T>()
        where T : default => throw new NotSupportedException();

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
