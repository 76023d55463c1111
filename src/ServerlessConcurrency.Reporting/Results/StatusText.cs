using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>How far an experiment has come, in words.</summary>
public static class StatusText
{
    /// <summary>One sentence, e.g. <c>Cancelled after 12 of 96 runs: the figures rest on what had been measured.</c></summary>
    /// <returns>The sentence; without the error of a failed experiment.</returns>
    public static string Of(MeasurementDocument document)
    {
        bool ofClaims = document is ClaimsDocument;
        string runs = $"{Figures.Count(document.Progress.RunsDone)} of {Counted.Of(document.Progress.RunsTotal, ofClaims ? "claim" : "run")}";
        string warmUp = document is ExperimentDocument { Spec.WarmupRounds: > 0 } ? ", warm-up included" : "";
        string flaws = Flawed(document) is > 0 and var flawed ? $", {Figures.Count(flawed)} of them {(ofClaims ? "failed" : "not valid")}" : "";
        return document.Status switch
        {
            ExperimentStatus.Completed => $"Completed: {runs}{warmUp}{flaws}.",
            ExperimentStatus.Cancelled => $"Cancelled after {runs}{flaws}: the figures rest on what had been measured.",
            ExperimentStatus.Failed => $"Failed after {runs}{flaws}: the figures rest on what had been measured.",
            ExperimentStatus.Pending => $"Waiting for its turn: {runs} done.",
            _ => $"Still running, {runs} done{flaws}: the figures are provisional.",
        };
    }

    /// <summary>Whether nothing failed of what was measured.</summary>
    public static bool IsSound(MeasurementDocument document) => Flawed(document) == 0;

    private static int Flawed(MeasurementDocument document) => document switch
    {
        ExperimentDocument experiment => experiment.Runs.Count(run => !run.IsValid),
        ClaimsDocument claims => claims.Claims.Count(claim => claim.Sides.Any(side => side.Evidence.Failed)),
        _ => 0,
    };
}
