namespace ServerlessConcurrency.Core.Documents;

/// <summary>How far an experiment has come.</summary>
public enum ExperimentStatus
{
    /// <summary>It was accepted and waits for its turn.</summary>
    Pending,

    /// <summary>Its runs are being carried out.</summary>
    Running,

    /// <summary>Every run was carried out.</summary>
    Completed,

    /// <summary>It was stopped by the user; what was measured is kept.</summary>
    Cancelled,

    /// <summary>It could not go on; what was measured is kept.</summary>
    Failed,
}
