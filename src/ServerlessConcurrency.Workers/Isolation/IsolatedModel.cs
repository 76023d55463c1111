using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>
/// A model that works inside one process. For users' code that is a child process of this program, which such code may bring down. With
/// <see cref="RunOrder.ColdStart"/> it is a fresh one for each run, whose start is part of the run and in which nothing is compiled yet. Everything
/// else is run in this process.
/// </summary>
/// <param name="model">The model, one of <see cref="BuiltInModels"/>.</param>
/// <param name="process">The child process, which models may share; this one ends it.</param>
public sealed class IsolatedModel(ConcurrencyModel model, IsolatedProcess process) : ConcurrencyModel
{
    private ResourceUsage? _usage;

    public override ModelTraits Traits => model.Traits;

    public override bool IsolatesOwnCode => true;

    public override bool CanRepeat => model.CanRepeat;

    /// <summary>The process of the run that is under way.</summary>
    internal HostIdentity? Process => process.Host;

    /// <exception cref="WorkerStartException">The child process could not be started.</exception>
    public override async ValueTask PrepareAsync(RunContext run)
    {
        _usage = null;
        if (run.Order.ColdStart)
            await process.DisposeAsync();
        else if (run.Workload.IsOwnCode)
            await WarmUpAsync(run);
        else
            await model.PrepareAsync(run);
    }

    /// <exception cref="WorkerStartException">The child process could not be started.</exception>
    public override async Task ExecuteAsync(RunContext run)
    {
        if (!IsElsewhere(run))
        {
            await model.ExecuteAsync(run);
            return;
        }

        if (run.Order.ColdStart)
        {
            long asked = run.Clock.GetTimestamp();
            await process.StartAsync(run.CancellationToken);
            run.Facts.ProcessStart = run.Clock.GetElapsedTime(asked);
        }

        _usage = await process.AskAsync(
            IsolatedFrame.Run, run.Begun with { Model = model.Id }, AnswerLimit.WarmUp(run.Order), worker => Receive(worker, run), run.CancellationToken);
        if (_usage is null)
            await RecordLostAsync(run);
    }

    public override async ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run)
    {
        if (!IsElsewhere(run))
            return await model.CompleteAsync(run);
        if (run.Order.ColdStart)
            await process.DisposeAsync();
        return _usage is null ? [] : [_usage];
    }

    public override async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await model.DisposeAsync();
        await base.DisposeAsync();
    }

    private static bool IsElsewhere(RunContext run) => run.Order.ColdStart || run.Workload.IsOwnCode;

    // One that dies of it, or hangs, does so once more in the run, which tells of it.
    private async Task WarmUpAsync(RunContext run)
    {
        await process.StartAsync(run.CancellationToken);
        bool isWarm = await process.AskAsync(
            IsolatedFrame.WarmUp,
            run.Order,
            AnswerLimit.WarmUp(run.Order),
            worker => worker.Read(out Frame frame) && frame.Kind == IsolatedFrame.Warm,
            run.CancellationToken);
        run.CancellationToken.ThrowIfCancellationRequested();
        if (isWarm)
            return;
        await process.DisposeAsync();
        await process.StartAsync(run.CancellationToken);
    }

    /// <summary>Takes down the results until the process has said that these are all, or is gone.</summary>
    /// <returns>What it used; null where it is gone.</returns>
    private static ResourceUsage? Receive(IsolatedProcess worker, RunContext run)
    {
        while (worker.Read(out Frame frame))
        {
            if (frame.Kind == IsolatedFrame.Ended)
            {
                IsolatedRun ended = frame.ReadJson<IsolatedRun>();
                if (!run.Order.ColdStart)
                    run.Facts.Wall = ended.Wall;
                return ended.Usage;
            }

            if (frame.Kind != PoolFrame.Result)
                throw new InvalidDataException($"unknown frame {frame.Kind}");
            run.Recorder.Record(ResultFrame.Read(frame, worker.Host!, run.Recorder.BeganTicks));
        }

        return null;
    }

    private async Task RecordLostAsync(RunContext run)
    {
        HostIdentity host = process.Host!;
        string death = await process.BuryAsync();
        run.CancellationToken.ThrowIfCancellationRequested();
        run.Facts.AddLostProcess();
        long now = run.Clock.GetTimestamp();
        for (int index = 0; index < run.Tasks; index++)
            if (!run.Recorder.IsCounted(index))
                run.Recorder.Record(TaskAttempt.Lost(index, attempt: 1, host, run.Recorder.BeganTicks, now, death));
    }
}
