using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// Child processes that execute tasks, fed over pipes. They are started when a run first needs them and kept for later runs;
/// one that dies is replaced. One run at a time: <see cref="BeginAsync"/>, then <see cref="RunAsync"/>, then <see cref="EndAsync"/>.
/// </summary>
public sealed class ProcessPool : IAsyncDisposable
{
    private readonly PoolCrew _crew;
    private BatchWork? _work;

    /// <summary>Creates the pool; no process is started yet.</summary>
    /// <param name="environment">What the workloads talk to, read when a process is started.</param>
    public ProcessPool(WorkerLaunch launch, WorkloadEnvironment environment) => _crew = new PoolCrew(
        cancellationToken => WorkerProcess.StartAsync(launch, Role, environment, RoleSettings, cancellationToken));

    /// <summary>The role of the child processes; one of another name has to call <see cref="ServeAsync"/>.</summary>
    public string Role { get; init; } = ProcessesRole.RoleName;

    /// <summary>What else the role needs; sent as JSON, null for nothing.</summary>
    public object? RoleSettings { get; init; }

    /// <summary>
    /// How long it took to start the processes that take part in the run, whenever that was, until the last was ready: the longest of
    /// their starts, which are asked for at the same time.
    /// </summary>
    public TimeSpan StartTime => _crew.Participants.Select(worker => worker.StartTime).DefaultIfEmpty().Max();

    /// <summary>The processes that take part in the run and are alive.</summary>
    public IReadOnlyList<HostIdentity> Workers => [.. _crew.Participants.Where(worker => !worker.IsDead).Select(worker => worker.Host)];

    /// <summary>What a child process of a pool does, for roles that bring workloads of their own.</summary>
    public static Task ServeAsync(WorkerSession session, WorkloadCatalog workloads) => new ProcessesRole(workloads).RunAsync(session);

    /// <summary>
    /// Sees to it that there are as many processes as the run's degree, and that they are ready for its tasks; others that may be
    /// there stay idle.
    /// </summary>
    /// <exception cref="WorkerStartException">A process could not be started in three attempts.</exception>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public Task BeginAsync(RunOrder run, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Degree, 1);
        return _crew.StaffAsync(run, cancellationToken);
    }

    /// <summary>
    /// Executes all tasks of a run that was begun and records every attempt. A task that throws has failed. A task whose process dies,
    /// or is killed because the task outlives the run's timeout, is tried again, three times in all and alone in its process.
    /// </summary>
    /// <exception cref="WorkerStartException">A dead process could not be replaced in three attempts.</exception>
    /// <exception cref="ProcessesLostException">A hundred processes in a row died without finishing a task.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; no process is executing its tasks any more.</exception>
    public async Task RunAsync(RunContext run)
    {
        var work = new BatchWork(run);
        _work = work;
        run.Facts.ProcessStart = StartTime;
        try
        {
            await using CancellationTokenRegistration cancelled = run.CancellationToken.UnsafeRegister(
                static state => ((BatchWork)state!).Cancel(), work);
            using var timeouts = new TimeoutWatch(() => _crew.Participants, run.Order.TaskTimeout);
            _crew.Attach(work);
            await work.Completion;
        }
        catch
        {
            await _crew.QuiesceAsync();
            throw;
        }
        finally
        {
            _crew.Attach(null);
        }
    }

    /// <summary>Tells the processes that the run has ended. One that does not answer is killed, and told of as lost.</summary>
    /// <returns>
    /// What each process used since the run began. Of one that died during the run only the processor time is known, and that
    /// only where the system still tells after its end; otherwise it counts as zero.
    /// </returns>
    public async Task<IReadOnlyList<ResourceUsage>> EndAsync(RunFacts? facts = null)
    {
        await _crew.SettleAsync();
        _crew.Attach(null);
        PoolWorker[] participants = _crew.Participants;
        PoolWorker[] alive = Array.FindAll(participants, worker => !worker.IsDead);
        ResourceUsage[] usage = await Task.WhenAll(participants.Select(worker => worker.EndRunAsync()));
        foreach (PoolWorker _ in alive.Where(worker => worker.IsDead))
            facts?.AddLostProcess();
        return [.. usage, .. _crew.Lost.Except(participants).Select(worker => worker.UsageAtDeath)];
    }

    /// <summary>Ends all processes and waits until they are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _work?.Fail(new ObjectDisposedException(nameof(ProcessPool), "the pool was stopped during a run"));
        await _crew.DisposeAsync();
    }
}
