namespace ServerlessConcurrency.Claims.Python;

/// <summary>A Python script failed, took too long, or did not print what it should.</summary>
public sealed class PythonException(string message, Exception? innerException = null) : Exception(message, innerException);
