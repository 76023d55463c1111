namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>One process's end of a mechanism by which two processes share data.</summary>
internal interface IMessageChannel : IDisposable
{
    /// <summary>How many messages may be under way at once: further ones wait for the answers to earlier ones.</summary>
    /// <param name="bytes">Their length.</param>
    int Window(int bytes);

    /// <summary>Hands a message to the other process.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for a message of the other process.</summary>
    /// <param name="bytes">Its length.</param>
    /// <returns>The message, valid until the next call.</returns>
    /// <exception cref="IOException">The other process is gone.</exception>
    ReadOnlySpan<byte> Receive(int bytes);

    /// <summary>Answers a message.</summary>
    /// <param name="intact">Whether it was the one expected.</param>
    void Answer(bool intact);

    /// <summary>Waits for the answer to a message.</summary>
    /// <returns>Whether it was the one expected.</returns>
    bool ReceiveAnswer();
}
