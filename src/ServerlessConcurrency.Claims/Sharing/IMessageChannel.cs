namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>One process's end of a mechanism by which two processes share data.</summary>
internal interface IMessageChannel : IDisposable
{
    /// <summary>How many messages may be under way at once: further ones wait for the answers to earlier ones.</summary>
    int Window(int bytes);

    /// <summary>Hands a message to the other process.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for a message of the other process.</summary>
    /// <exception cref="IOException">The other process is gone.</exception>
    ReadOnlySpan<byte> Receive(int bytes);

    /// <summary>Answers a message.</summary>
    void Answer(bool intact);

    /// <summary>Waits for the answer to a message.</summary>
    bool ReceiveAnswer();
}
