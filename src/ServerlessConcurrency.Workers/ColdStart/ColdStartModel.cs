using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.ColdStart;

/// <summary>
/// A model that works inside one process. With <see cref="RunOrder.ColdStart"/> it does so in a fresh child process of this program,
/// whose start is part of the run and in which nothing is compiled yet; otherwise in this process.
/// </summary>
/// <param name="model">The model, one of <see cref="BuiltInModels"/>.</param>
public sealed class ColdStartModel(ConcurrencyModel model, WorkerLaunch launch, WorkloadEnvironment environment) : ConcurrencyModel
{
    private WorkerProcess? _process;
    private ResourceUsage? _usage;

    public override ModelTraits Traits => model.Traits;

    public override bool CanRepeat => model.CanRepeat;

    public override async ValueTask PrepareAsync(RunContext run)
    {
        await EndProcessAsync();
        if (!run.Order.ColdStart)
            await model.PrepareAsync(run);
    }

    /// <exception cref="WorkerStartException">The child process could not be started.</exception>
    public override Task ExecuteAsync(RunContext run) => run.Order.ColdStart ? ExecuteFreshAsync(run) : model.ExecuteAsync(run);

    public override async ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run)
    {
        if (!run.Order.ColdStart)
            return await model.CompleteAsync(run);
        IReadOnlyList<ResourceUsage> usage = _usage is null ? [] : [_usage];
        await EndProcessAsync();
        return usage;
    }

    public override async ValueTask DisposeAsync()
    {
        await EndProcessAsync();
        await model.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The process of the run that is under way.</summary>
    internal HostIdentity? Process => _process?.Host;

    private async Task ExecuteFreshAsync(RunContext run)
    {
        long asked = run.Clock.GetTimestamp();
        WorkerProcess process = _process = await WorkerProcess.StartAsync(
            launch, ColdStartRole.RoleName, environment, run.Begun with { Model = model.Id }, run.CancellationToken);
        run.Facts.ProcessStart = run.Clock.GetElapsedTime(asked);
        using (run.CancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), process))
        {
            _usage = await Task.Factory.StartNew(
                () => Receive(process, run), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        if (_usage is not null)
            return;
        string death = await Task.Run(() => process.DescribeExit());
        run.CancellationToken.ThrowIfCancellationRequested();
        run.Facts.AddLostProcess();
        RecordLost(run, process.Host, death);
    }

    /// <summary>Takes down the results until the process has said that these are all, or is gone.</summary>
    /// <returns>What it used; null where it is gone.</returns>
    private static ResourceUsage? Receive(WorkerProcess process, RunContext run)
    {
        try
        {
            while (process.Reader.Read(out Frame frame))
            {
                if (frame.Kind == PoolFrame.RunEnded)
                    return frame.ReadJson<ResourceUsage>();
                if (frame.Kind != PoolFrame.Result)
                    throw new InvalidDataException($"unknown frame {frame.Kind}");
                run.Recorder.Record(ResultFrame.Read(frame, process.Host, run.Recorder.BeganTicks));
            }
        }
        catch (IOException)
        {
            // It is gone, as where the pipe simply ends.
        }

        return null;
    }

    private static void RecordLost(RunContext run, HostIdentity host, string death)
    {
        long now = run.Clock.GetTimestamp();
        for (int index = 0; index < run.Tasks; index++)
        {
            if (!run.Recorder.IsCounted(index))
                run.Recorder.Record(TaskAttempt.Lost(index, attempt: 1, host, run.Recorder.BeganTicks, now, death));
        }
    }

    private async Task EndProcessAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        _usage = null;
        await Task.Run(process.Dispose);
    }
}
