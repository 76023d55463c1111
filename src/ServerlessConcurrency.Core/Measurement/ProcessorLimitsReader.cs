using System.Globalization;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Finds out how many of a machine's processors this program may use: the affinity mask from /proc/self/status, the quota of its control
/// group and of those above it from cpu.max (version 2) or cpu.cfs_quota_us (version 1), see cgroups(7). Linux only.
/// </summary>
/// <param name="root">Where /proc and /sys are; empty but for tests.</param>
internal sealed class ProcessorLimitsReader(string root = "")
{
    /// <returns>The limits; null where the system does not tell.</returns>
    public ProcessorLimits? Read()
    {
        try
        {
            int machine = Lines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
            return machine == 0 || ProcessorList.Read(root) is not { } allowed ? null : new ProcessorLimits(machine, allowed.Count, Quota());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private double? Quota()
    {
        double? least = null;
        foreach (string[] group in Lines("/proc/self/cgroup").Select(line => line.Split(':', 3)).Where(group => group.Length == 3))
        {
            bool isVersion2 = group[0] == "0";
            if (!isVersion2 && !group[1].Split(',').Contains("cpu"))
                continue;
            for (string path = group[2]; ; path = path[..path.LastIndexOf('/')])
            {
                double? quota = isVersion2 ? Version2($"/sys/fs/cgroup{path}/cpu.max") : Version1($"/sys/fs/cgroup/cpu{path}");
                if (quota is not null && !(least <= quota))
                    least = quota;
                if (path.TrimEnd('/').Length == 0)
                    break;
            }
        }

        return least;
    }

    private double? Version2(string file) =>
        Lines(file).FirstOrDefault()?.Split(' ') is [var quota, var period] && quota != "max" ? Share(quota, period) : null;

    private double? Version1(string folder) =>
        Lines($"{folder}/cpu.cfs_quota_us").FirstOrDefault() is { } quota and not "-1"
        && Lines($"{folder}/cpu.cfs_period_us").FirstOrDefault() is { } period
            ? Share(quota, period)
            : null;

    private static double Share(string quota, string period) =>
        double.Parse(quota, CultureInfo.InvariantCulture) / double.Parse(period, CultureInfo.InvariantCulture);

    private IEnumerable<string> Lines(string file) => File.Exists(root + file) ? File.ReadLines(root + file) : [];
}
