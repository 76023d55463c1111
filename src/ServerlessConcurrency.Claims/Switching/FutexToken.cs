using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// The token is a word in a memory-mapped file, and who waits for it waits in futex(2), which works within a process and across
/// processes alike: what every blocking primitive of Linux is made of. .NET has no semaphore that works across processes there.
/// </summary>
/// <param name="word">The word, 4-byte aligned: the number of the player who has the token, 0 or 1.</param>
internal sealed unsafe partial class FutexToken(int* word, int player) : ITokenLink
{
    private const int Wait = 0;
    private const int Wake = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    private static readonly nint SystemCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Whether the number of the system call is known for this processor.</summary>
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public void Give()
    {
        Volatile.Write(ref *word, 1 - player);
        _ = Futex(SystemCall, word, Wake, 1, null, 0, 0);
    }

    public void Take()
    {
        // Seconds and nanoseconds.
        nint* patience = stackalloc nint[] { (nint)TokenLink.Patience.TotalSeconds, 0 };
        while (Volatile.Read(ref *word) != player)
        {
            if (Futex(SystemCall, word, Wait, (uint)(1 - player), patience, 0, 0) != 0
                && Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain))
                throw TokenLink.NotCome();
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Futex(nint number, int* word, nint operation, nuint value, nint* timeout, nint second, nint third);
}
