namespace ServerlessConcurrency.Storage.Queues;

/// <summary>How the JSON of a task is put into a queue message.</summary>
public enum QueuedTaskEncoding
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>As base64 of UTF-8: what every version of the Azure Functions queue trigger reads by default.</summary>
    Base64,
}
