using System.Buffers;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>The bytes a task writes to a disk or a blob, and room to read them back; rented from the shared pool.</summary>
public sealed class ContentBuffers : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    /// <summary>Rents the buffers and fills in the task's bytes.</summary>
    /// <param name="task">The task's input; its size is in KiB, at most 1 GiB in all.</param>
    /// <exception cref="OverflowException">The size is too large.</exception>
    public ContentBuffers(TaskInput task)
    {
        _length = checked((int)task.Size * 1024);
        _buffer = ArrayPool<byte>.Shared.Rent(checked(2 * _length));
        TaskContent.Fill(task, Written.Span);
    }

    /// <summary>The bytes to write.</summary>
    public Memory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Where to read them back to; holds what an earlier task left there.</summary>
    public Memory<byte> Read => _buffer.AsMemory(_length, _length);

    /// <summary>The bytes to write, as a stream.</summary>
    /// <returns>A new stream, at its beginning.</returns>
    public MemoryStream OpenWritten() => new(_buffer, 0, _length, writable: false);

    /// <summary>Checks that what came back is what was written.</summary>
    /// <param name="got">
    /// How many bytes came back: what an earlier task left in <see cref="Read"/> may be the very bytes expected.
    /// </param>
    /// <param name="place">Where they were, for the message.</param>
    /// <returns>The checksum of the bytes.</returns>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public ulong Verify(int got, string place) => TaskContent.Verify(Written.Span, Read.Span[..got], place);

    /// <summary>Gives the buffers back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
