namespace ServerlessConcurrency.Claims.Switching;

/// <summary>The token is a byte in one of two anonymous pipes: read(2) and write(2).</summary>
/// <param name="incoming">The pipe from the other player.</param>
/// <param name="outgoing">The pipe to the other player.</param>
internal sealed class PipeToken(Stream incoming, Stream outgoing) : ITokenLink
{
    private readonly byte[] _token = new byte[1];

    /// <inheritdoc/>
    public void Give() => outgoing.Write(_token);

    /// <inheritdoc/>
    public void Take() => incoming.ReadExactly(_token);
}
