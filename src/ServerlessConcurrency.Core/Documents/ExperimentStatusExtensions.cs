namespace ServerlessConcurrency.Core.Documents;

/// <summary>What a status says.</summary>
public static class ExperimentStatusExtensions
{
    /// <summary>Whether an experiment of this status has ended, one way or another; else it waits or runs.</summary>
    /// <param name="status">The status.</param>
    /// <returns>True unless it is <see cref="ExperimentStatus.Pending"/> or <see cref="ExperimentStatus.Running"/>.</returns>
    public static bool HasEnded(this ExperimentStatus status) =>
        status is not (ExperimentStatus.Pending or ExperimentStatus.Running);
}
