using System.IO.MemoryMappedFiles;

namespace ServerlessConcurrency.Claims.Interprocess;

/// <summary>Memory that processes share: a memory-mapped file, all zero at first.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    /// <summary>The least that a system maps.</summary>
    public const int Page = 4096;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <summary>Opens it; who comes first creates it.</summary>
    public SharedMemory(string path, int bytes = Page)
    {
        Bytes = bytes;
        _file = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete),
            mapName: null,
            bytes,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: false);
        _view = _file.CreateViewAccessor(0, bytes);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Its first byte, valid until it is disposed of.</summary>
    public byte* Start => _start;

    public int Bytes { get; }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
