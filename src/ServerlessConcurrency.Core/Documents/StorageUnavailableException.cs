namespace ServerlessConcurrency.Core.Documents;

/// <summary>The store could not be reached, or refused to serve, after every retry.</summary>
/// <param name="message">What was tried, where, and what to do next.</param>
/// <param name="innerException">What the client library said.</param>
public sealed class StorageUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether nobody named a storage, and this machine lacks what runs the emulator.</summary>
    public bool LacksEmulator { get; init; }
}
