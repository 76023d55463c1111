using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>What a process or a thread has used so far, from getrusage(2). Linux and macOS.</summary>
/// <param name="MaxResidentSet">In bytes on macOS, in KiB on Linux.</param>
internal readonly partial record struct UnixUsage(TimeSpan Cpu, long MaxResidentSet, long VoluntarySwitches, long InvoluntarySwitches)
{
    public const int ThisProcess = 0;

    /// <summary>Linux only.</summary>
    public const int ThisThread = 1;

    // struct rusage: two times of two words each, the peak of the resident set, and 13 words, the last two of which count switches.
    private const int Words = 18;

    /// <returns>Null where the system does not tell.</returns>
    public static UnixUsage? Read(int who)
    {
        Span<nint> words = stackalloc nint[Words];
        return GetResourceUsage(who, ref MemoryMarshal.GetReference(words)) == 0
            ? new UnixUsage(TimeOf(words) + TimeOf(words[2..]), words[4], words[^2], words[^1])
            : null;
    }

    // suseconds_t has 32 bits on macOS, padded to the size of a pointer.
    private static TimeSpan TimeOf(ReadOnlySpan<nint> words) => TimeSpan.FromSeconds(words[0]) + TimeSpan.FromMicroseconds((int)words[1]);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, ref nint usage);
}
