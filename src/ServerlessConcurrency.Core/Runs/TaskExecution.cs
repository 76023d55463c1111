using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// Executes tasks of a run and describes how each went, under every model and in every host. Whatever a workload throws is the result
/// of its task, unless the execution was cancelled. Safe for all threads.
/// </summary>
/// <param name="workload">Gets the workload. Called for every task, so that one which is not known here is a failed task.</param>
/// <param name="clock">Takes the times of attempts.</param>
[SuppressMessage("Design", "CA1031", Justification = "Whatever a workload throws is the result of its task.")]
public sealed class TaskExecution(RunOrder order, Func<Workload> workload, TimeProvider clock)
{
    // What a workload throws may quote all that it worked on, and travels over pipes and into rows.
    private const int LongestError = 2_000;

    private readonly TaskSpans? _spans = TaskSpans.Of(order);

    /// <summary>Executes a task in its blocking form on the calling thread.</summary>
    /// <param name="index">The task's index in the order.</param>
    /// <param name="execution">How the model handles waiting, computing and cancellation.</param>
    /// <param name="attempt">1 for the first attempt.</param>
    /// <param name="queuedTicks">When the task was handed to the model.</param>
    /// <exception cref="OperationCanceledException">The execution was cancelled; with its own token.</exception>
    public TaskAttempt Execute(int index, Execution execution, int attempt, long queuedTicks)
    {
        using Activity? span = _spans?.Begin(index, attempt);
        long started = clock.GetTimestamp();
        try
        {
            ulong checksum = workload().Execute(order.Input(index), execution);
            return Told(span, Ended(index, attempt, queuedTicks, started, TaskOutcome.Succeeded) with { Checksum = checksum });
        }
        catch (Exception exception)
        {
            ThrowIfCancelled(execution, exception, span);
            return Told(span, Ended(index, attempt, queuedTicks, started, TaskOutcome.Failed, Describe(exception)));
        }
    }

    /// <summary>Executes a task in its awaiting form, see <see cref="Execute"/>.</summary>
    public async ValueTask<TaskAttempt> ExecuteAsync(int index, Execution execution, int attempt, long queuedTicks)
    {
        using Activity? span = _spans?.Begin(index, attempt);
        long started = clock.GetTimestamp();
        try
        {
            ulong checksum = await workload().ExecuteAsync(order.Input(index), execution);
            return Told(span, Ended(index, attempt, queuedTicks, started, TaskOutcome.Succeeded) with { Checksum = checksum });
        }
        catch (Exception exception)
        {
            ThrowIfCancelled(execution, exception, span);
            return Told(span, Ended(index, attempt, queuedTicks, started, TaskOutcome.Failed, Describe(exception)));
        }
    }

    /// <summary>Executes a task as <see cref="Execute"/> does and asks it to end when <see cref="RunOrder.TaskTimeout"/> is over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled by the caller's token.</exception>
    public TaskAttempt ExecuteInTime(int index, int attempt, long queuedTicks, CancellationToken cancellationToken)
    {
        using CancellationTokenSource inTime = InTime(cancellationToken);
        long started = clock.GetTimestamp();
        try
        {
            return Execute(index, new Execution(inTime.Token), attempt, queuedTicks);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut(index, attempt, queuedTicks, started);
        }
    }

    /// <summary>Executes a task in its awaiting form, see <see cref="ExecuteInTime"/>.</summary>
    public async ValueTask<TaskAttempt> ExecuteInTimeAsync(int index, int attempt, long queuedTicks, CancellationToken cancellationToken)
    {
        using CancellationTokenSource inTime = InTime(cancellationToken);
        long started = clock.GetTimestamp();
        try
        {
            return await ExecuteAsync(index, new Execution(inTime.Token), attempt, queuedTicks);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut(index, attempt, queuedTicks, started);
        }
    }

    /// <summary>The attempt at a task that ends now because it has taken longer than it may.</summary>
    public TaskAttempt TimedOut(int index, int attempt, long queuedTicks, long startedTicks) =>
        Ended(index, attempt, queuedTicks, startedTicks, TaskOutcome.TimedOut, DescribeTimeout(order.TaskTimeout));

    /// <summary>The attempt at a task that ends now, in this process and on this thread.</summary>
    public TaskAttempt Ended(
        int index, int attempt, long queuedTicks, long startedTicks, TaskOutcome outcome, string? error = null) => new(
            index,
            attempt,
            HostIdentity.Current,
            Environment.CurrentManagedThreadId,
            queuedTicks,
            startedTicks,
            clock.GetTimestamp(),
            Checksum: 0,
            outcome,
            error);

    /// <summary>What is said of a task that took too long, behind its name where there is one.</summary>
    public static string DescribeTimeout(TimeSpan taskTimeout) =>
        FormattableString.Invariant($"took longer than the {taskTimeout.TotalSeconds:0.###} s of taskTimeoutSeconds");

    private static TaskAttempt Told(Activity? span, in TaskAttempt attempt) => span is null ? attempt : TaskSpans.Tell(span, attempt);

    /// <summary>What a workload threw, on one line of at most 2,000 characters, with the causes that it does not tell itself.</summary>
    private static string Describe(Exception exception)
    {
        string error = NameAndMessage(exception);
        for (Exception? cause = exception.InnerException; cause is not null && error.Length <= LongestError; cause = cause.InnerException)
        {
            if (!error.Contains(MessageOf(cause), StringComparison.Ordinal))
                error = $"{error.TrimEnd('.')}; caused by {NameAndMessage(cause)}";
        }

        return error.Length <= LongestError ? error : error[..LongestError];
    }

    private static string NameAndMessage(Exception exception) =>
        string.IsNullOrWhiteSpace(exception.Message) ? exception.GetType().Name : $"{exception.GetType().Name}: {MessageOf(exception)}";

    private static string MessageOf(Exception exception) => exception.Message.ReplaceLineEndings(" ");

    private CancellationTokenSource InTime(CancellationToken cancellationToken)
    {
        var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(order.TaskTimeout);
        return inTime;
    }

    // With the execution's own token whatever the workload threw: Parallel.ForEach takes only that for a cancellation.
    private static void ThrowIfCancelled(Execution execution, Exception thrown, Activity? span)
    {
        if (!execution.CancellationToken.IsCancellationRequested)
            return;
        span?.SetStatus(ActivityStatusCode.Error, "cancelled, or out of time");
        throw new OperationCanceledException(thrown.Message, thrown, execution.CancellationToken);
    }
}
