using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The activity that tells whether an experiment that goes on until its figures are enough needs a further round.</summary>
public sealed class CheckEvidence(ExperimentResults results)
{
    /// <summary>Looks at the runs so far.</summary>
    /// <returns>Whether they are enough.</returns>
    public async Task<bool> RunAsync(Conclusion conclusion, CancellationToken cancellationToken)
    {
        var document = (ExperimentDocument)conclusion.Document;
        IReadOnlyList<RunResult> runs = await results.ReadAsync(document, conclusion.Rounds, cancellationToken);
        return Evidence.LookAt(document.Spec, runs).IsEnough;
    }
}
