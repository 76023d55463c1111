using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The activity that ends an experiment: analysis, findings, report. Calling it again computes the same again.</summary>
/// <param name="journal">Tells whether the experiment is still wanted.</param>
public sealed class AnalyzeExperiment(RunJournal journal, ExperimentResults results)
{
    /// <param name="conclusion">The experiment, with the status it ends with.</param>
    public async Task<ExperimentStatus> RunAsync(Conclusion conclusion, CancellationToken cancellationToken)
    {
        if (await journal.IsWantedAsync(conclusion.Document.Id, cancellationToken))
            await results.ConcludeAsync(conclusion, cancellationToken);
        return conclusion.Document.Status;
    }
}
