namespace ServerlessConcurrency.Api;

/// <summary>The engine has as many experiments waiting as it takes; nothing of the new one is kept. Answered with 429.</summary>
public sealed class EngineBusyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EngineBusyException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">How many are waiting, and what to do.</param>
    public EngineBusyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">How many are waiting, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public EngineBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
