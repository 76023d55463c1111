using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Functions.Runs;

/// <summary>The activity that tells whether an experiment with <c>precision</c> needs a further round.</summary>
public sealed class CheckPrecision(ExperimentResults results)
{
    /// <summary>Looks at the runs so far.</summary>
    /// <returns>Whether every confidence interval is tight enough.</returns>
    public async Task<bool> RunAsync(Conclusion conclusion, CancellationToken cancellationToken)
    {
        var document = (ExperimentDocument)conclusion.Document;
        IReadOnlyList<RunResult> runs = await results.ReadAsync(document, conclusion.Rounds, cancellationToken);
        return Precision.IsReached(ExperimentAnalyzer.Analyze(runs, document.Spec.Seed), document.Spec.Precision ?? 1);
    }
}
