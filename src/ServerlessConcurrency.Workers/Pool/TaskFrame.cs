using System.Buffers.Binary;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A task on its way to a worker.</summary>
/// <param name="Attempt">1 for the first attempt.</param>
internal readonly record struct TaskFrame(int Index, int Attempt)
{
    private const int Bytes = 8;

    public static TaskFrame Read(Frame frame)
    {
        ReadOnlySpan<byte> payload = frame.Payload;
        if (payload.Length != Bytes)
            throw new InvalidDataException($"a task of {payload.Length} bytes instead of {Bytes}");
        return new TaskFrame(BinaryPrimitives.ReadInt32LittleEndian(payload), BinaryPrimitives.ReadInt32LittleEndian(payload[4..]));
    }

    public void Write(FrameWriter writer)
    {
        Span<byte> payload = writer.Append(PoolFrame.Task, Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(payload, Index);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], Attempt);
    }
}
