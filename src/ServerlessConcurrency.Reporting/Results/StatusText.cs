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
        return document.Status switch
        {
            ExperimentStatus.Completed => $"Completed: {runs}{(ofClaims ? "" : ", warm-up included")}.",
            ExperimentStatus.Cancelled => $"Cancelled after {runs}: the figures rest on what had been measured.",
            ExperimentStatus.Failed => $"Failed after {runs}: the figures rest on what had been measured.",
            ExperimentStatus.Pending => $"Waiting for its turn: {runs} done.",
            _ => $"Still running, {runs} done: the figures are provisional.",
        };
    }
}
