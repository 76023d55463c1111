using System.Globalization;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>
/// The activity that keeps the attempts of a fan-out: in a file of the experiment while it goes on, all of them as its run when it is complete. Not
/// measured: it is called between generations and after the last one. Calling it again does the same again.
/// </summary>
public sealed class RecordTimings(RunJournal journal)
{
    public async Task RunAsync(RunRecording recording, CancellationToken cancellationToken)
    {
        ExperimentDocument document = Request(recording).Document;
        if (!await journal.IsWantedAsync(document.Id, cancellationToken))
            return;
        if (recording.Totals is null)
        {
            var generation = new Generation(recording.BeganTicks, recording.Attempts);
            await journal.SaveAsync(document.Id, FileOf(recording, recording.FirstTask), generation, cancellationToken);
            return;
        }

        // Files may be gone if this was done before.
        if (!await journal.HasAsync(document.Id, recording.Order.RunId, cancellationToken))
            await KeepAsync(recording, document, cancellationToken);
        foreach (string file in recording.Generations.Select(first => FileOf(recording, first)).Concat(recording.AttemptFiles))
            await journal.DeleteAsync(document.Id, file, cancellationToken);
    }

    private async Task KeepAsync(RunRecording recording, ExperimentDocument document, CancellationToken cancellationToken)
    {
        var recorder = new TaskRecorder(recording.Order.Tasks) { BeganTicks = recording.BeganTicks };
        foreach (int first in recording.Generations)
            foreach (TaskAttempt attempt in await ReadAsync(recording, document, first, cancellationToken))
                recorder.Record(attempt);
        foreach (string file in recording.AttemptFiles)
            foreach (TaskAttempt attempt in await journal.ReadAttemptsAsync(document.Id, file, cancellationToken))
                recorder.Record(attempt);
        foreach (TaskAttempt attempt in recording.Attempts)
            recorder.Record(attempt);
        RunResult run = Sum(recording, recorder);
        await journal.KeepAsync(document, new RunTimings(run, recorder.Timings()), cancellationToken);
        RunTelemetry.Tell(Request(recording).Run, Request(recording).Trace, run, recorder);
    }

    // The run's clock stood still between the generations.
    private async Task<IEnumerable<TaskAttempt>> ReadAsync(RunRecording recording, ExperimentDocument document, int first, CancellationToken cancellationToken)
    {
        string file = FileOf(recording, first);
        Generation generation = await journal.ReadAsync<Generation>(document.Id, file, cancellationToken) ?? throw RunJournal.Missing(document.Id, file);
        long stoodStill = recording.BeganTicks - generation.BeganTicks;
        return generation.Attempts.Select(attempt => attempt with
        {
            QueuedTicks = attempt.QueuedTicks + stoodStill,
            StartedTicks = attempt.StartedTicks + stoodStill,
            FinishedTicks = attempt.FinishedTicks + stoodStill,
        });
    }

    private static string FileOf(RunRecording recording, int firstTask) =>
        string.Create(CultureInfo.InvariantCulture, $"attempts-{recording.Order.RunId}-{firstTask}.json");

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

    /// <summary>What a generation leaves in a file until its run is complete.</summary>
    /// <param name="BeganTicks">When the run began, as this generation knew it.</param>
    private sealed record Generation(long BeganTicks, IReadOnlyList<TaskAttempt> Attempts);
}
