using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Describes the machine that the program runs on.</summary>
public static class MachineInfo
{
    /// <param name="engine"><c>local</c> or <c>azure-functions</c>.</param>
    public static EnvironmentInfo Describe(string engine) => new(
        RuntimeInformation.OSDescription,
        CpuName(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription,
        engine,
        OperatingSystem.IsLinux() ? new ProcessorLimitsReader().Read() : null);

    private static string CpuName()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                string? line = File.ReadLines("/proc/cpuinfo")
                    .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
                return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "";
            }
        }
        catch (IOException)
        {
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
