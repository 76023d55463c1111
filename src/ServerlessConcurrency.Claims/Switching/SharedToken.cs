using System.IO.MemoryMappedFiles;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A token in memory that processes share, with what the system has to wait for it: a futex on Linux, events on Windows.</summary>
internal sealed unsafe class SharedToken : IDisposable
{
    // A new file is all zero: the first player has the token.
    private const int Bytes = 4096;

    private readonly string _path;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly List<IDisposable> _ends = [];

    /// <summary>Opens it; who does so first creates it.</summary>
    /// <param name="path">A file of that link alone, in a folder that exists.</param>
    public SharedToken(string path)
    {
        _path = path;
        if (!OperatingSystem.IsLinux())
            return;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, Bytes);
        _view = _file.CreateViewAccessor(0, Bytes);
    }

    /// <summary>Whether this system has what it takes; macOS has not.</summary>
    public static bool IsSupported => OperatingSystem.IsWindows() || FutexToken.IsSupported;

    /// <summary>A player's end, valid until this is disposed of.</summary>
    /// <param name="player">The player, 0 or 1.</param>
    public ITokenLink End(int player)
    {
        if (OperatingSystem.IsWindows())
        {
            var end = new EventToken($"sconc-{Path.GetFileName(_path)}", player);
            _ends.Add(end);
            return end;
        }

        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("this system has no signal in memory that processes share");
        byte* memory = null;
        _view!.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        return new FutexToken((int*)memory, player);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ends.ForEach(end => end.Dispose());
        _view?.Dispose();
        _file?.Dispose();
    }
}
