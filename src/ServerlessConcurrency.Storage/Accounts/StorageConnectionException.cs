namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>A setting that says which storage to use, or what names to use in it, is malformed.</summary>
public sealed class StorageConnectionException : FormatException
{
    public StorageConnectionException()
    {
    }

    public StorageConnectionException(string message)
        : base(message)
    {
    }

    public StorageConnectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
