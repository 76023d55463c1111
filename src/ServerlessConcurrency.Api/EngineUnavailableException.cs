namespace ServerlessConcurrency.Api;

/// <summary>The engine cannot take an experiment now, though it may later, e.g. because it is being stopped. Answered with 503.</summary>
public sealed class EngineUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EngineUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public EngineUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public EngineUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
