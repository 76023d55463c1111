using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>
/// The activity that carries out a whole run under an in-function model: <c>sequential</c> to <c>processes</c>. Executed again
/// after its host was lost, it measures the run anew; after its result was stored, it does nothing.
/// </summary>
/// <param name="host">What the activities of this process share.</param>
public sealed class RunInFunction(ActivityHost host, RunJournal journal)
{
    public async Task RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        (ExperimentDocument document, PlannedRun planned) = request;
        if (!planned.IsWarmup && await journal.HasAsync(document.Id, planned.RunId, cancellationToken))
            return;
        await journal.WhileWantedAsync(
            document.Id,
            async wanted =>
            {
                using RunTelemetry told = RunTelemetry.Begin(planned, request.Trace);
                (RunResult run, TaskRecorder recorder) = await host.RunAsync(document, planned, wanted, told.Trace);
                told.End(run, recorder);
                if (!planned.IsWarmup)
                    await journal.KeepAsync(document, new RunTimings(run, recorder.Timings()), wanted);
            },
            cancellationToken);
    }
}
