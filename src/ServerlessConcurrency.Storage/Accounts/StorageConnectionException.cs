namespace ServerlessConcurrency.Storage.Accounts;

/// <summary>A setting that says which storage to use, or what names to use in it, is malformed.</summary>
public sealed class StorageConnectionException(string message, Exception? innerException = null) : FormatException(message, innerException);
