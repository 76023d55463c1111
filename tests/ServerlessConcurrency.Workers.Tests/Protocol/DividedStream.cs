namespace ServerlessConcurrency.Workers.Tests.Protocol;

/// <summary>Hands out a stream in pieces, as a pipe does.</summary>
internal sealed class DividedStream(Stream inner, byte[] sizes) : Stream
{
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int size = sizes.Length == 0 ? buffer.Length : Math.Max(1, (int)sizes[_reads++ % sizes.Length]);
        return inner.Read(buffer[..Math.Min(size, buffer.Length)]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
