namespace ServerlessConcurrency.Core.Measurement;

/// <summary>What Linux tells of this process in /proc/self/status, see proc(5).</summary>
internal static class ProcStatus
{
    /// <param name="root">Where /proc is; empty but for tests.</param>
    /// <returns>The value; null where the system does not tell.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static string? Find(string field, string root = "")
    {
        string file = root + "/proc/self/status";
        return File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith($"{field}:", StringComparison.Ordinal))?[(field.Length + 1)..].Trim()
            : null;
    }
}
