using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Engine;

/// <summary>A model that executes tasks as <c>sequential</c> does, then does what a test says with each checksum.</summary>
internal sealed class ScriptedModel(string id, Func<RunContext, int, ulong, ulong?> checksumOf) : ConcurrencyModel
{
    public override ModelTraits Traits { get; } = new(id) { IsSingleThreaded = true };

    public int Runs { get; private set; }

    public override async Task ExecuteAsync(RunContext run)
    {
        Runs++;
        for (int index = 0; index < run.Tasks; index++)
        {
            await Task.Yield();
            long started = Stopwatch.GetTimestamp();
            ulong checksum = run.Workload.Execute(run.Order.Input(index), new Execution(run.CancellationToken));
            ulong? scripted = checksumOf(run, index, checksum);
            run.Recorder.Record(new TaskAttempt(
                index,
                1,
                HostIdentity.Current,
                Environment.CurrentManagedThreadId,
                run.Recorder.BeganTicks,
                started,
                Stopwatch.GetTimestamp(),
                scripted ?? 0,
                scripted is null ? TaskOutcome.Failed : TaskOutcome.Succeeded,
                scripted is null ? "as the test wants" : null));
        }
    }
}
