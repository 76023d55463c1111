using System.Buffers.Binary;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A task's result on its way from a worker.</summary>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="StartedTicks">When it began.</param>
/// <param name="FinishedTicks">When it ended.</param>
/// <param name="Checksum">The checksum; 0 if it failed.</param>
/// <param name="Error">What the workload threw; null if it succeeded.</param>
internal readonly record struct ResultFrame(
    int Index, int Attempt, int ThreadId, long StartedTicks, long FinishedTicks, ulong Checksum, string? Error)
{
    private const int FixedBytes = 36;

    /// <summary>An attempt as it travels: without its host and its time of queueing, which the parent knows.</summary>
    public static ResultFrame Of(in TaskAttempt attempt) => new(
        attempt.TaskIndex,
        attempt.Attempt,
        attempt.ThreadId,
        attempt.StartedTicks,
        attempt.FinishedTicks,
        attempt.Checksum,
        attempt.Outcome == TaskOutcome.Succeeded ? null
            : string.IsNullOrEmpty(attempt.Error) ? attempt.Outcome.ToString()
            : attempt.Error);

    public static ResultFrame Read(Frame frame)
    {
        ReadOnlySpan<byte> payload = frame.Payload;
        if (payload.Length < FixedBytes)
            throw new InvalidDataException($"a result of {payload.Length} bytes instead of {FixedBytes} or more");
        return new ResultFrame(
            BinaryPrimitives.ReadInt32LittleEndian(payload),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[20..]),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[28..]),
            payload.Length == FixedBytes ? null : Encoding.UTF8.GetString(payload[FixedBytes..]));
    }

    /// <summary>The attempt at the task.</summary>
    public TaskAttempt ToAttempt(HostIdentity host, long queuedTicks) => new(
        Index,
        Attempt,
        host,
        ThreadId,
        queuedTicks,
        StartedTicks,
        FinishedTicks,
        Checksum,
        Error is null ? TaskOutcome.Succeeded : TaskOutcome.Failed,
        Error);

    public void Write(FrameWriter writer)
    {
        int errorBytes = Error is null ? 0 : Encoding.UTF8.GetByteCount(Error);
        Span<byte> payload = writer.Append(PoolFrame.Result, FixedBytes + errorBytes);
        BinaryPrimitives.WriteInt32LittleEndian(payload, Index);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], Attempt);
        BinaryPrimitives.WriteInt32LittleEndian(payload[8..], ThreadId);
        BinaryPrimitives.WriteInt64LittleEndian(payload[12..], StartedTicks);
        BinaryPrimitives.WriteInt64LittleEndian(payload[20..], FinishedTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[28..], Checksum);
        if (errorBytes > 0)
            Encoding.UTF8.GetBytes(Error, payload[FixedBytes..]);
    }
}
