using System.Diagnostics.CodeAnalysis;
using DurableTask.Core;
using Microsoft.DurableTask.Worker.Shims;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>
/// The host processes of <c>durable</c> and <c>durable-batch</c> on the local engine: each runs orchestrations and, one at a time, activities of a
/// task hub, as a Functions host does.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "What it owns lives as long as the process.")]
public sealed class TaskHubRole : HostRole<HubAssignment>
{
    // A task is asked to end when its time is over; and this process may have had to warm up before.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly RunGate _gate = new();
    private WorkerSession? _session;
    private ActivityHost? _host;
    private volatile HubAssignment? _assignment;
    private TaskHubWorker? _worker;
    private volatile bool _isStuck;

    public override string Name => HubProtocol.Role;

    protected override async Task StartAsync(WorkerSession session)
    {
        _session = session;
        StorageAccount account = StorageAccount.Parse(session.Environment.StorageConnection!, StorageOptions.Of(session.Environment)).ForRuns();
        var hub = new TaskHub(account, session.Settings<HubSettings>(), _gate);
        _host = new ActivityHost(session.Environment, session.Workloads);
        var executeTask = new ExecuteTask(_host);
        var executeBatch = new ExecuteTaskBatch(_host, journal: null);
        DurableTaskShimFactory shims = DurableTaskShimFactory.Default;
        _worker = new TaskHubWorker(hub.Service) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        _worker.AddTaskOrchestrations(new Creator<TaskOrchestration>(nameof(FanOutOrchestrator), () => shims.CreateOrchestration<FanOutState, object>(
            nameof(FanOutOrchestrator), async (context, state) =>
            {
                await FanOutOrchestrator.RunAsync(context, state!);
                return null;
            })));
        AddActivity<RunOrder, TaskResult>(nameof(ExecuteTask), async share =>
        {
            long started = UtcClock.Instance.GetTimestamp();
            try
            {
                return await InHandAsync(share, () => executeTask.RunAsync(share, default));
            }
            catch (TimeoutException)
            {
                var task = new TaskExecution(share, () => session.Workloads.Get(share.Workload), UtcClock.Instance);
                return TaskResult.Of(task.TimedOut(index: 0, attempt: 1, queuedTicks: 0, started), new ActivityUsage());
            }
        });
        AddActivity<BatchRequest, BatchResult>(
            nameof(ExecuteTaskBatch), request => InHandAsync(request.Share, () => executeBatch.RunAsync(request, default)));
        AddActivity<RunRecording, object>(nameof(RecordTimings), recording =>
        {
            Tell(recording);
            return Task.FromResult<object>(0);
        });
        await _worker.StartAsync();

        void AddActivity<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> execute) => _worker.AddTaskActivities(new Creator<TaskActivity>(
            name, () => shims.CreateActivity<TInput, TOutput>(name, async (_, input) => await execute(input!))));
    }

    protected override void Begin(HubAssignment assignment) => _assignment = assignment;

    protected override void Take(Frame frame) => _assignment = frame.ReadJson<HubAssignment>();

    protected override void WarmUp(Workload workload, RunOrder run) => _host!.PrepareAsync(run, default).GetAwaiter().GetResult();

    protected override async Task<int> ExecuteAsync(HubAssignment assignment, WorkerSession session, CancellationToken ended)
    {
        _gate.Open();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (ended.UnsafeRegister(static over => ((TaskCompletionSource)over!).SetResult(), over))
            await over.Task;
        _gate.Close();
        // Not before: what a host of a hub holds is taken over only after a while, however it ends.
        if (_isStuck)
            throw new TimeoutException("a task did not end when its time was over");
        return 0;
    }

    /// <exception cref="TimeoutException">It outlived its time and that in which it could have ended when asked to. Its thread cannot be stopped.</exception>
    private async Task<T> InHandAsync<T>(RunOrder share, Func<Task<T>> execute)
    {
        if (_assignment is { } assignment && assignment.Run.RunId == share.RunId && assignment.Deadly.Contains(share.FirstTask))
            throw new InvalidOperationException("its host process died each time");
        _session!.Send(writer => writer.AppendJson(HubProtocol.InHand, new ActivityInHand(share.RunId, share.FirstTask)));
        Task<T> executing = Task.Run(execute);
        try
        {
            return await executing.WaitAsync(Limit(share));
        }
        catch (TimeoutException) when (!executing.IsCompleted)
        {
            _isStuck = true;
            throw new TimeoutException(TaskExecution.DescribeTimeout(share.TaskTimeout));
        }
    }

    private static TimeSpan Limit(RunOrder share) =>
        share.TaskTimeout == Timeout.InfiniteTimeSpan ? share.TaskTimeout : ExecuteTaskBatch.Limit(share) + EndPatience;

    private void Tell(RunRecording recording)
    {
        foreach (TaskAttempt[] attempts in recording.Attempts.Chunk(HubProtocol.AttemptsPerFrame))
        {
            var part = new RecordedAttempts(recording.Order.RunId, recording.FirstTask, attempts);
            _session!.Send(writer => writer.AppendJson(HubProtocol.Attempts, part));
        }

        _session!.Send(writer => writer.AppendJson(HubProtocol.Recorded, recording with { Attempts = [] }));
    }

    internal sealed class Creator<T> : ObjectCreator<T>
    {
        private readonly Func<T> _create;

        public Creator(string name, Func<T> create)
        {
            Name = name;
            Version = "";
            _create = create;
        }

        public override T Create() => _create();
    }
}
