namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>A setting that says which storage to use, or what names to use in it, is malformed.</summary>
public sealed class StorageConnectionException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public StorageConnectionException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which option is wrong, and what it accepts; never a key.</param>
    public StorageConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which option is wrong, and what it accepts; never a key.</param>
    /// <param name="innerException">What the client library said.</param>
    public StorageConnectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
