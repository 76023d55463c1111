using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How often a thread was switched away from, by getrusage(2) of Linux.</summary>
internal readonly partial record struct SwitchCount(long Voluntary, long Involuntary)
{
    private const int ThisThread = 1;

    // struct rusage: two times of two words each, then 14 words, the last two of which count switches.
    private const int Words = 18;

    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Those of the calling thread so far; none where they are not counted.</summary>
    public static SwitchCount OfThisThread()
    {
        if (!IsSupported)
            return default;
        Span<nint> usage = stackalloc nint[Words];
        return GetResourceUsage(ThisThread, ref MemoryMarshal.GetReference(usage)) == 0
            ? new SwitchCount(usage[^2], usage[^1])
            : throw new InvalidOperationException("getrusage(2) does not count the switches of a thread");
    }

    public static SwitchCount operator +(SwitchCount first, SwitchCount second) =>
        new(first.Voluntary + second.Voluntary, first.Involuntary + second.Involuntary);

    public static SwitchCount operator -(SwitchCount later, SwitchCount earlier) =>
        new(later.Voluntary - earlier.Voluntary, later.Involuntary - earlier.Involuntary);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, ref nint usage);
}
