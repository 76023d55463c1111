using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How often a thread was switched away from, by getrusage(2) of Linux.</summary>
internal readonly record struct SwitchCount(long Voluntary, long Involuntary)
{
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Those of the calling thread so far; none where they are not counted.</summary>
    public static SwitchCount OfThisThread()
    {
        if (!IsSupported)
            return default;
        UnixUsage usage = UnixUsage.Read(UnixUsage.ThisThread)
            ?? throw new InvalidOperationException("getrusage(2) does not count the switches of a thread");
        return new SwitchCount(usage.VoluntarySwitches, usage.InvoluntarySwitches);
    }

    public static SwitchCount operator +(SwitchCount first, SwitchCount second) =>
        new(first.Voluntary + second.Voluntary, first.Involuntary + second.Involuntary);

    public static SwitchCount operator -(SwitchCount later, SwitchCount earlier) =>
        new(later.Voluntary - earlier.Voluntary, later.Involuntary - earlier.Involuntary);
}
