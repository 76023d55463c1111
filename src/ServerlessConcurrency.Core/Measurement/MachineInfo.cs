using System.Reflection;
using System.Runtime.InteropServices;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Describes the machine that the program runs on, and the program.</summary>
public static class MachineInfo
{
    /// <param name="engine"><c>local</c> or <c>azure-functions</c>.</param>
    public static EnvironmentInfo Describe(string engine)
    {
        string[] version = InformationalVersion().Split('+', 2);
        return new EnvironmentInfo(
            RuntimeInformation.OSDescription,
            CpuName(),
            Environment.ProcessorCount,
            RuntimeInformation.FrameworkDescription,
            engine,
            OperatingSystem.IsLinux() ? new ProcessorLimitsReader().Read() : null)
        {
            Configuration = UnoptimisedCode.Loaded().Count == 0 ? "Release" : UnoptimisedCode.Configuration,
            Version = version[0],
            Commit = version.ElementAtOrDefault(1),
            Gc = RuntimeSettings.Gc,
            Tiering = RuntimeSettings.Tiering,
            Variables = RuntimeSettings.Variables,
        };
    }

    // The version, and after a plus sign the commit that the SDK found when it built the program.
    private static string InformationalVersion() =>
        typeof(MachineInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static string CpuName() => (OperatingSystem.IsLinux() ? CpuName("/proc/cpuinfo") : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER"))
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The processor's name, which Linux on ARM does not tell; null where it is not known.</summary>
    internal static string? CpuName(string path)
    {
        try
        {
            string? line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() is { Length: > 0 } name ? name : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
