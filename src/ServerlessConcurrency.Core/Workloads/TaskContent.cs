using System.Buffers.Binary;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>The bytes that a task writes to a disk or a blob: pseudo-random, and the same for the same task everywhere.</summary>
public static class TaskContent
{
    /// <summary>Fills a buffer with a task's bytes.</summary>
    /// <param name="task">The task's input.</param>
    /// <param name="content">The buffer; its length is a multiple of 8.</param>
    public static void Fill(TaskInput task, Span<byte> content)
    {
        ulong state = Checksum.Start(task);
        for (int offset = 0; offset < content.Length; offset += sizeof(ulong))
        {
            state = Checksum.Mix(state);
            BinaryPrimitives.WriteUInt64LittleEndian(content[offset..], state);
        }
    }

    /// <summary>The checksum of bytes that came back.</summary>
    /// <param name="content">The bytes; their length is a multiple of 8.</param>
    /// <returns>The checksum.</returns>
    public static ulong ChecksumOf(ReadOnlySpan<byte> content)
    {
        ulong checksum = (ulong)content.Length;
        for (int offset = 0; offset < content.Length; offset += sizeof(ulong))
            checksum = Checksum.Fold(checksum, BinaryPrimitives.ReadUInt64LittleEndian(content[offset..]));
        return checksum;
    }

    /// <summary>Checks that what came back is what was written.</summary>
    /// <param name="written">The bytes written.</param>
    /// <param name="read">The bytes read.</param>
    /// <param name="place">Where they were, for the message.</param>
    /// <returns>The checksum of the bytes.</returns>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static ulong Verify(ReadOnlySpan<byte> written, ReadOnlySpan<byte> read, string place)
    {
        if (!written.SequenceEqual(read))
            throw new InvalidDataException($"{place}: read {read.Length} bytes that are not the {written.Length} bytes written");
        return ChecksumOf(read);
    }
}
