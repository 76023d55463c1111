namespace ServerlessConcurrency.Storage.Liveness;

/// <summary>Tells a file that another program holds from one that cannot be opened for another reason.</summary>
public static class HeldFile
{
    // Anything else, such as a full disk or a read-only file system, does not pass by waiting. Windows: ERROR_SHARING_VIOLATION and
    // ERROR_LOCK_VIOLATION; elsewhere: EWOULDBLOCK of flock(2), 11 on Linux and 35 on macOS.
    public static bool IsReason(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 32 or 33
        : exception.HResult is 11 or 35;
}
