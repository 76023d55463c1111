namespace ServerlessConcurrency.Claims.Switching;

/// <summary>The token is a byte in one of two anonymous pipes: read(2) and write(2).</summary>
internal sealed class PipeToken(Stream incoming, Stream outgoing) : ITokenLink
{
    private readonly byte[] _token = new byte[1];

    public void Give() => outgoing.Write(_token);

    public void Take() => incoming.ReadExactly(_token);
}
