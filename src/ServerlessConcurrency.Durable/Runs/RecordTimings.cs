using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>
/// The activity that stores the attempts of a fan-out, and its run when it is complete. Not measured: it is called between
/// generations and after the last one. Calling it again writes the same rows again.
/// </summary>
public sealed class RecordTimings(RunJournal journal)
{
    public async Task RunAsync(RunRecording recording, CancellationToken cancellationToken)
    {
        ExperimentDocument document = Request(recording).Document;
        if (!await journal.IsWantedAsync(document.Id, cancellationToken))
            return;
        TaskRecorder recorder = Recorder(recording);
        foreach (TaskAttempt attempt in recording.Attempts)
            recorder.Record(attempt);
        foreach (string file in recording.AttemptFiles)
            foreach (TaskAttempt attempt in await journal.ReadAttemptsAsync(document.Id, file, cancellationToken))
                recorder.Record(attempt);

        RunResult run = Sum(recording, recorder);
        if (recording.Totals is null)
        {
            await journal.AppendAsync(document.Id, new RunTimings(run, recorder.Timings()), cancellationToken);
            return;
        }

        IReadOnlyList<TaskTiming> rows = recorder.Timings();
        if (!recording.IsWhole)
        {
            await journal.AppendAsync(document.Id, new RunTimings(run, rows), cancellationToken);
            run = Sum(recording, await ReadBackAsync(recording, run, cancellationToken));
            rows = [];
        }

        await journal.KeepAsync(document, new RunTimings(run, rows), cancellationToken);
    }

    private async Task<TaskRecorder> ReadBackAsync(RunRecording recording, RunResult run, CancellationToken cancellationToken)
    {
        TaskRecorder recorder = Recorder(recording);
        foreach (TaskTiming row in await journal.ReadTimingsAsync(Request(recording).Document, run, cancellationToken))
            recorder.Record(row.ToAttempt(recording.BeganTicks));
        return recorder;
    }

    private static TaskRecorder Recorder(RunRecording recording) =>
        new(recording.Order.Tasks) { BeganTicks = recording.BeganTicks };

    private static RunResult Sum(RunRecording recording, TaskRecorder recorder)
    {
        RunTotals? totals = recording.Totals;
        var facts = new RunFacts { Orchestration = totals?.Orchestration };
        RunResult run = RunSummary.Of(Request(recording).Run, recorder, totals?.WallMs ?? 0, totals?.Usage, facts);
        return run with
        {
            ProcessesLost = totals?.ProcessesLost ?? 0,
            Error = run.Failed == 0 ? run.Error : totals?.FirstError ?? run.Error,
        };
    }

    private static RunRequest Request(RunRecording recording) =>
        recording.Request ?? throw new ArgumentException("the experiment is missing", nameof(recording));
}
