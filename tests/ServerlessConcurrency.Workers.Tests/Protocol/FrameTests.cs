using FsCheck.Xunit;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Tests.Protocol;

public sealed class FrameTests
{
    [Property]
    public bool Frames_survive_any_division_into_reads((byte Kind, byte[] Payload)[] frames, byte[] readSizes)
    {
        using var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        foreach ((byte kind, byte[] payload) in frames)
            payload.CopyTo(writer.Append(kind, payload.Length));
        writer.Flush();
        pipe.Position = 0;

        var reader = new FrameReader(new DividedStream(pipe, readSizes));
        foreach ((byte kind, byte[] payload) in frames)
        {
            if (!reader.Read(out Frame frame) || frame.Kind != kind || !frame.Payload.SequenceEqual(payload))
                return false;
        }

        return !reader.Read(out _);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64 * 1024)]
    [InlineData(1_000_000)]
    [InlineData(FrameReader.MaxPayloadBytes)]
    public void Payloads_of_any_permitted_size_survive(int bytes)
    {
        var payload = new byte[bytes];
        new Random(1).NextBytes(payload);
        using var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        writer.Append(1, 3);
        payload.CopyTo(writer.Append(2, bytes));
        writer.Flush();
        pipe.Position = 0;

        var reader = new FrameReader(pipe);
        Assert.True(reader.Read(out _));
        Assert.True(reader.Read(out Frame frame));
        Assert.True(frame.Payload.SequenceEqual(payload));
    }

    [Fact]
    public void Text_in_place_of_frames_is_refused()
    {
        using var pipe = new MemoryStream("Hello, I am not a worker."u8.ToArray());
        var reader = new FrameReader(pipe);
        var exception = Assert.Throws<InvalidDataException>(() => reader.Read(out _));
        Assert.Contains("'Hello, I am not a worker.'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    public void What_comes_before_the_marker_is_skipped(byte readSize)
    {
        using var pipe = new MemoryStream();
        pipe.Write("printed\nbefore \e[31mit\0"u8);
        pipe.Write(new byte[100_000]);
        pipe.Write(Handshake.Marker);
        var writer = new FrameWriter(pipe);
        writer.Append(7, 1);
        writer.Flush();
        pipe.Position = 0;

        var reader = new FrameReader(new DividedStream(pipe, [readSize]));
        Assert.True(reader.SkipPast(Handshake.Marker));
        Assert.True(reader.Read(out Frame frame));
        Assert.Equal(7, frame.Kind);
    }

    [Fact]
    public void What_was_printed_instead_of_the_marker_is_quoted_on_one_line()
    {
        using var pipe = new MemoryStream("printed\n\e[31minstead"u8.ToArray());
        var reader = new FrameReader(pipe);
        Assert.False(reader.SkipPast(Handshake.Marker));
        Assert.Equal("printed | \u241B[31minstead", reader.Skipped);
    }

    [Fact]
    public void A_frame_cut_short_is_the_end()
    {
        using var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        writer.Append(7, 100);
        writer.Flush();
        pipe.SetLength(50);
        pipe.Position = 0;
        Assert.False(new FrameReader(pipe).Read(out _));
    }

    [Fact]
    public void A_payload_of_other_json_is_refused()
    {
        using var pipe = new MemoryStream();
        var writer = new FrameWriter(pipe);
        writer.AppendJson(7, "text");
        writer.Flush();
        pipe.Position = 0;
        var reader = new FrameReader(pipe);
        Assert.Throws<InvalidDataException>(() =>
        {
            Assert.True(reader.Read(out Frame frame));
            frame.ReadJson<int[]>();
        });
    }
}
