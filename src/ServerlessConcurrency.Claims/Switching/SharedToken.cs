using ServerlessConcurrency.Claims.Memory;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A token in memory that processes share, with what the system has to wait for it: a futex on Linux, events on Windows.</summary>
internal sealed unsafe class SharedToken : IDisposable
{
    private readonly string _path;
    // All zero at first: the first player has the token.
    private readonly SharedMemory? _memory;
    private readonly List<IDisposable> _ends = [];

    /// <summary>Opens it; who does so first creates it.</summary>
    public SharedToken(string path)
    {
        _path = path;
        if (OperatingSystem.IsLinux())
            _memory = new SharedMemory(path);
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

        return _memory is null
            ? throw new PlatformNotSupportedException("this system has no signal in memory that processes share")
            : new FutexToken((int*)_memory.Start, player);
    }

    public void Dispose()
    {
        _ends.ForEach(end => end.Dispose());
        _memory?.Dispose();
    }
}
