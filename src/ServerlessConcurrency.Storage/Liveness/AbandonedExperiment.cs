using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Storage.Liveness;

/// <summary>An experiment that has not ended, but whose program has: it was killed, or the machine was switched off.</summary>
public static class AbandonedExperiment
{
    /// <summary>After so long without a sign of life, an experiment of the local engine that has not ended counts as abandoned.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(5);

    /// <summary>An Azure Functions app takes its experiments up again; those of the local engine are lost with the program that runs them.</summary>
    public static bool EndsWithItsProgram(MeasurementDocument document) =>
        !document.Status.HasEnded() && document.Environment.Engine != EngineNames.AzureFunctions;

    /// <summary>Shows a waiting or running experiment as failed, if its program is known to have ended, or gave no sign of life for long.</summary>
    /// <param name="hasEnded">Whether the program that runs an experiment is known to have ended.</param>
    public static MeasurementDocument Judge(MeasurementDocument document, DateTimeOffset lastSignOfLife, DateTimeOffset now, Predicate<string> hasEnded)
    {
        if (!EndsWithItsProgram(document) || (now - lastSignOfLife < AbandonedAfter && !hasEnded(document.Id)))
            return document;
        return document with
        {
            Status = ExperimentStatus.Failed,
            FinishedAt = lastSignOfLife,
            Error = $"abandoned: the program that ran it ended before it was done, after {lastSignOfLife.UtcDateTime:u}",
            Progress = document.Progress with { CurrentRun = null },
        };
    }
}
