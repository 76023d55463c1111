using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>Puts together what the runs or claims of an experiment measured, compares the checksums of runs and draws the conclusions.</summary>
/// <param name="sink">Where the conclusions go.</param>
/// <param name="journal">Where the runs are.</param>
/// <param name="results">Where task attempts are while the experiment runs.</param>
public sealed class ExperimentResults(IExperimentSink sink, RunJournal journal, ITaskResults results)
{
    private readonly ClaimJournal _claims = new(journal);

    /// <summary>Reads the runs that were kept, their checksums compared.</summary>
    /// <param name="rounds">How many measured rounds have begun.</param>
    /// <returns>The runs, in the order of the plan.</returns>
    public async Task<IReadOnlyList<RunResult>> ReadAsync(ExperimentDocument document, int rounds, CancellationToken cancellationToken)
    {
        ExperimentPlan plan = ExperimentPlans.Of(document);
        IEnumerable<PlannedRun> planned = Enumerable.Range(1, rounds).SelectMany(plan.MeasuredRound);
        IReadOnlyList<RunResult> runs = await journal.ReadRunsAsync(document.Id, planned, cancellationToken);
        return await BaselineComparison.JudgeAsync(document.Spec.Workloads, runs, run => journal.ReadTimingsAsync(document, run, cancellationToken));
    }

    /// <summary>Counts the measured rounds of an experiment that was interrupted.</summary>
    /// <returns>Those up to the last of which a run was kept.</returns>
    public Task<int> CountRoundsAsync(string experimentId, CancellationToken cancellationToken) =>
        journal.FindLastRoundAsync(experimentId, cancellationToken);

    /// <summary>Ends an experiment: stores analysis, findings and report.</summary>
    /// <param name="conclusion">The experiment, with the status it ends with.</param>
    public async Task ConcludeAsync(Conclusion conclusion, CancellationToken cancellationToken)
    {
        MeasurementDocument ended = conclusion.Document with
        {
            FinishedAt = TimeProvider.System.GetUtcNow(),
            Progress = conclusion.Document.Progress with { CurrentRun = null },
        };
        ended = ended switch
        {
            ClaimsDocument claims => claims with { Claims = await _claims.ReadAsync(claims, cancellationToken) },
            ExperimentDocument experiment => experiment with { Runs = await ReadAsync(experiment, conclusion.Rounds, cancellationToken) },
            _ => ended,
        };
        // Before it has ended: after that, nobody does it again.
        if (ended is ExperimentDocument { Spec.Models: var models } && models.Contains(KnownModels.Queue.Id))
            await results.DeleteAsync(ended.Id, cancellationToken);
        await sink.EndAsync(ExperimentConclusion.Draw(ended), cancellationToken);
    }
}
