using System.Globalization;

namespace ServerlessConcurrency.Claims.Load;

/// <summary>
/// The processor time of this process and all its descendants, those that have ended included, from /proc/PID/stat (see proc(5)): a
/// process has the time of its children from the moment it has waited for their end. Linux only.
/// </summary>
internal static class ProcessTree
{
    // USER_HZ, which is 100 on every platform that .NET runs on.
    private const double MillisecondsPerTick = 10;

    // Places after the command's name, which is in parentheses and may contain anything.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int TimeFields = 4;

    /// <returns>The time since this process began; null where the system does not tell.</returns>
    public static TimeSpan? CpuTime()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Read(folder) is { } process)
                all[id] = process;
        long ticks = all.Where(process => IsOwn(process.Key, all)).Sum(process => process.Value.Ticks);
        return TimeSpan.FromMilliseconds(MillisecondsPerTick * ticks);
    }

    private static bool IsOwn(int id, Dictionary<int, (int Parent, long Ticks)> all)
    {
        // As many steps as there are processes: ids may be given again while they are read.
        for (int steps = 0; steps <= all.Count; steps++)
        {
            if (id == Environment.ProcessId)
                return true;
            if (!all.TryGetValue(id, out (int Parent, long Ticks) process))
                return false;
            id = process.Parent;
        }

        return false;
    }

    private static (int Parent, long Ticks)? Read(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // utime, stime, cutime, cstime.
            long ticks = fields.Skip(UserTime).Take(TimeFields).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return (int.Parse(fields[Parent], CultureInfo.InvariantCulture), ticks);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // It has ended meanwhile, or is not for this user to see.
            return null;
        }
    }
}
