using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Functions.Runs;

/// <summary>The activity that tells whether an experiment with <c>precision</c> needs a further round.</summary>
public sealed class CheckPrecision(ExperimentResults results)
{
    /// <summary>Looks at the runs so far.</summary>
    /// <returns>Whether every confidence interval is tight enough.</returns>
    public async Task<bool> RunAsync(Conclusion conclusion, CancellationToken cancellationToken) =>
        Precision.IsReached(
            ExperimentAnalyzer.Analyze(await results.ReadAsync(conclusion, cancellationToken), conclusion.Document.Spec.Seed),
            conclusion.Document.Spec.Precision ?? 1);
}
