using System.Buffers.Binary;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>An attempt at a task on its way from a worker: without its host and its time of queueing, which the parent knows.</summary>
internal static class ResultFrame
{
    private const int FixedBytes = 36;

    public static TaskAttempt Read(Frame frame, HostIdentity host, long queuedTicks)
    {
        ReadOnlySpan<byte> payload = frame.Payload;
        if (payload.Length < FixedBytes)
            throw new InvalidDataException($"a result of {payload.Length} bytes instead of {FixedBytes} or more");
        string? error = payload.Length == FixedBytes ? null : Encoding.UTF8.GetString(payload[FixedBytes..]);
        return new TaskAttempt(
            BinaryPrimitives.ReadInt32LittleEndian(payload),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            host,
            BinaryPrimitives.ReadInt32LittleEndian(payload[8..]),
            queuedTicks,
            BinaryPrimitives.ReadInt64LittleEndian(payload[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[20..]),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[28..]),
            error is null ? TaskOutcome.Succeeded : TaskOutcome.Failed,
            error);
    }

    public static void Write(FrameWriter writer, in TaskAttempt attempt)
    {
        string? error = attempt.Outcome == TaskOutcome.Succeeded ? null
            : string.IsNullOrEmpty(attempt.Error) ? attempt.Outcome.ToString()
            : attempt.Error;
        int errorBytes = error is null ? 0 : Encoding.UTF8.GetByteCount(error);
        Span<byte> payload = writer.Append(PoolFrame.Result, FixedBytes + errorBytes);
        BinaryPrimitives.WriteInt32LittleEndian(payload, attempt.TaskIndex);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], attempt.Attempt);
        BinaryPrimitives.WriteInt32LittleEndian(payload[8..], attempt.ThreadId);
        BinaryPrimitives.WriteInt64LittleEndian(payload[12..], attempt.StartedTicks);
        BinaryPrimitives.WriteInt64LittleEndian(payload[20..], attempt.FinishedTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[28..], attempt.Checksum);
        if (errorBytes > 0)
            Encoding.UTF8.GetBytes(error, payload[FixedBytes..]);
    }
}
