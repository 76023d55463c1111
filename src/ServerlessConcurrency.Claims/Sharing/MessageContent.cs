using System.Buffers.Binary;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The messages of a size, which both processes make for themselves: the same bytes, with a number that makes each another.</summary>
internal sealed class MessageContent
{
    private readonly byte[] _bytes;

    /// <param name="bytes">The length of each message, 8 or more.</param>
    /// <param name="seed">What the bytes depend on.</param>
    public MessageContent(int bytes, long seed)
    {
        _bytes = new byte[bytes];
        new Random(unchecked((int)seed)).NextBytes(_bytes);
    }

    public int Length => _bytes.Length;

    public Span<byte> Number(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes, number);
        return _bytes;
    }
}
