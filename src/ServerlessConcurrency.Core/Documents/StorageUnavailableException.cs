namespace ServerlessConcurrency.Core.Documents;

/// <summary>The store could not be reached, or refused to serve, after every retry.</summary>
/// <param name="message">What was tried, where, and what to do next.</param>
/// <param name="innerException">What the client library said.</param>
public class StorageUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
