namespace ServerlessConcurrency.Api;

/// <summary>What was asked for does not go with the state an experiment is in. Answered with 409.</summary>
public sealed class ExperimentConflictException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ExperimentConflictException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The experiment, its state, and what to do.</param>
    public ExperimentConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The experiment, its state, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public ExperimentConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
