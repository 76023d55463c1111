using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ServerlessConcurrency.Claims.Interprocess;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// A token in memory that processes share, with what the system has to wait for it, within a process and across processes alike: a
/// futex on Linux, events on Windows.
/// </summary>
internal sealed unsafe partial class SharedToken : IDisposable
{
    // All zero at first: the first player has the token.
    private readonly SharedMemory? _memory;
    private readonly List<IDisposable> _ends = [];

    /// <summary>Opens it; who does so first creates it.</summary>
    public SharedToken(string path)
    {
        Path = path;
        if (OperatingSystem.IsLinux())
            _memory = new SharedMemory(path);
    }

    public string Path { get; }

    /// <summary>A new one; null where the system has not what it takes, as macOS.</summary>
    public static SharedToken? CreateIn(string folder) => OperatingSystem.IsWindows() || FutexEnd.IsSupported
        ? new SharedToken(System.IO.Path.Combine(folder, $"token-{Guid.NewGuid():N}"))
        : null;

    /// <summary>A player's end, valid until this is disposed of.</summary>
    /// <param name="player">The player, 0 or 1.</param>
    public TokenLink End(int player)
    {
        if (OperatingSystem.IsWindows())
        {
            var end = new EventEnd($"sconc-{System.IO.Path.GetFileName(Path)}", player);
            _ends.Add(end);
            return end;
        }

        return _memory is null
            ? throw new PlatformNotSupportedException("this system has no signal in memory that processes share")
            : new FutexEnd((int*)_memory.Start, player);
    }

    public void Dispose()
    {
        _ends.ForEach(end => end.Dispose());
        _memory?.Dispose();
    }

    /// <summary>Who waits for the word waits in futex(2), which every blocking primitive of Linux is made of.</summary>
    /// <param name="word">4-byte aligned: the number of the player who has the token, 0 or 1.</param>
    private sealed partial class FutexEnd(int* word, int player) : TokenLink
    {
        private const int Wait = 0;
        private const int Wake = 1;
        private const int Interrupted = 4;
        private const int TryAgain = 11;

        private static readonly nint SystemCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

        /// <summary>Whether the number of the system call is known for this processor.</summary>
        public static bool IsSupported =>
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

        public override void Give()
        {
            Volatile.Write(ref *word, 1 - player);
            _ = Futex(SystemCall, word, Wake, 1, null, 0, 0);
        }

        public override void Take()
        {
            // Seconds and nanoseconds.
            nint* patience = stackalloc nint[] { (nint)Patience.TotalSeconds, 0 };
            while (Volatile.Read(ref *word) != player)
            {
                if (Futex(SystemCall, word, Wait, (uint)(1 - player), patience, 0, 0) != 0
                    && Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain))
                    throw NotCome();
            }
        }

        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        private static partial nint Futex(nint number, int* word, nint operation, nuint value, nint* timeout, nint second, nint third);
    }

    /// <summary>The token is one of two named auto-reset events.</summary>
    [SupportedOSPlatform("windows")]
    private sealed class EventEnd(string name, int player) : TokenLink, IDisposable
    {
        private readonly EventWaitHandle _mine = new(false, EventResetMode.AutoReset, $@"Local\{name}-{player}");
        private readonly EventWaitHandle _others = new(false, EventResetMode.AutoReset, $@"Local\{name}-{1 - player}");

        public override void Give() => _others.Set();

        public override void Take()
        {
            if (!_mine.WaitOne(Patience))
                throw NotCome();
        }

        public void Dispose()
        {
            _mine.Dispose();
            _others.Dispose();
        }
    }
}
