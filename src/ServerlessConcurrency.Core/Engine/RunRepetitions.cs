using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Carries out one run of the plan, once or several times, and measures every time by itself.</summary>
/// <param name="isCompared">Whether the same tasks compute the same every time.</param>
/// <param name="createContext">Creates what the model needs for one more time.</param>
/// <param name="resources">Measures what this process uses.</param>
/// <param name="machine">Measures what others use.</param>
internal sealed class RunRepetitions(
    ConcurrencyModel model, bool isCompared, Func<RunContext> createContext, ResourceMeter resources, MachineMeter machine)
{
    private readonly List<ResourceUsage> _usages = [];
    private RunContext? _last;
    private ulong[]? _checksums;
    private long _wallTicks;
    private TimeSpan _ownAtStart;
    private TimeSpan _ofOthers;

    public int Count => _usages.Count;

    /// <summary>What all times took together, in ms. Converted once: a TimeSpan would cut each of them off to 100 ns.</summary>
    public double TotalMs => _last is null ? 0 : _wallTicks * 1_000.0 / _last.Clock.TimestampFrequency;

    /// <summary>Whether every task succeeded every time and computed the same.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>Carries it out further times, up to the first that is not sound: what is wrong shows best where it happened.</summary>
    /// <param name="times">How often.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task AddAsync(int times)
    {
        for (int time = 0; time < times && IsSound; time++)
        {
            RunContext run = createContext();
            await model.PrepareAsync(run);
            if (Count == 0)
                Settle();
            await MeasureAsync(run);
            _last = run;
            _checksums ??= run.Recorder.Checksums();
            IsSound = run.Recorder.Remaining == 0 && (!isCompared || run.Recorder.Checksums().AsSpan().SequenceEqual(_checksums));
        }
    }

    /// <returns>What was measured, its checksums not yet compared, and the recorder with every attempt of the last time.</returns>
    public (RunResult Result, TaskRecorder Recorder) Sum(PlannedRun planned)
    {
        // What this process did between the repetitions is not part of the run, but neither are others to blame for it.
        TimeSpan own = Environment.CpuUsage.TotalTime - _ownAtStart + _ofOthers;
        RunResult result = RunSummary.Of(planned, _last!.Recorder, TotalMs / Count, ResourceUsage.Mean(_usages), _last.Facts);
        // Which of them is wrong cannot be told from here; the last may be the right one.
        string? error = IsSound ? null : result.Error ?? FormattableString.Invariant($"repetition {Count} computed something else than those before it");
        return (result with { Repeats = Count, Load = machine.Stop(own), Error = error }, _last.Recorder);
    }

    private void Settle()
    {
        // The garbage of one run is not to be collected at the expense of the next.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ownAtStart = Environment.CpuUsage.TotalTime;
        machine.Start();
    }

    private async Task MeasureAsync(RunContext run)
    {
        resources.Start();
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        try
        {
            await model.ExecuteAsync(run);
        }
        catch (ProcessesLostException exception) when (run.Workload.IsOwnCode)
        {
            // What users' code does to its processes ends no other run.
            RecordLost(run, exception.Message);
        }

        long ended = run.Clock.GetTimestamp();
        ResourceUsage usage = resources.Stop();
        // A cancelled run is no measurement, even where its last tasks failed of the cancellation instead of throwing it.
        if (run.Recorder.Remaining > 0)
            run.CancellationToken.ThrowIfCancellationRequested();

        _wallTicks += run.Facts.Wall is { } wall
            ? (long)(wall.TotalSeconds * run.Clock.TimestampFrequency)
            : ended - run.Recorder.BeganTicks;
        foreach (ResourceUsage other in await model.CompleteAsync(run))
        {
            usage = usage.Plus(other);
            _ofOthers += other.CpuTime;
        }

        _usages.Add(usage);
    }

    private static void RecordLost(RunContext run, string reason)
    {
        long now = run.Clock.GetTimestamp();
        for (int index = 0; index < run.Tasks; index++)
            if (!run.Recorder.IsCounted(index))
                run.Recorder.Record(TaskAttempt.Lost(index, attempt: 1, HostIdentity.Current, run.Recorder.BeganTicks, now, reason));
    }
}
