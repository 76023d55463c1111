namespace ServerlessConcurrency.Claims.Python;

/// <summary>A Python script failed, took too long, or did not print what it should.</summary>
public sealed class PythonException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PythonException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public PythonException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public PythonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
