namespace ServerlessConcurrency.Claims.Python;

/// <summary>A Python script failed, took too long, or did not print what it should.</summary>
public sealed class PythonException : Exception
{
    public PythonException()
    {
    }

    public PythonException(string message)
        : base(message)
    {
    }

    public PythonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
