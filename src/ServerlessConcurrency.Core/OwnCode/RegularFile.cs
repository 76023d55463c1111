using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>
/// Tells files, which can be read at any place and as often as one likes, from what only has a path: a pipe may make whoever opens it wait for ever, a
/// device may do anything.
/// </summary>
internal static partial class RegularFile
{
    // Of struct statx, which is the same on every processor, see statx(2).
    private const int StatxBytes = 256;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 3;
    private const int TypeOfFile = 0xF000;

    /// <exception cref="OwnCodeException">There is something else of that path; the message begins with it. On Linux only, but for folders.</exception>
    public static void ThrowIfOther(string path)
    {
        if (OtherThanFile(path) is { } other)
            throw new OwnCodeException($"{path} is {other}; expected a file");
    }

    private static string? OtherThanFile(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        if (!OperatingSystem.IsLinux())
            return null;
        byte[] found = new byte[StatxBytes];
        try
        {
            if (Statx(CurrentFolder, path, flags: 0, TypeAndMode, found) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }

        return (MemoryMarshal.Read<ushort>(found.AsSpan(ModeOffset)) & TypeOfFile) switch
        {
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] found);
}
