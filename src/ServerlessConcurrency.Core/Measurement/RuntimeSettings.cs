using System.Collections;
using System.Runtime;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>How the .NET runtime of this process compiles and collects.</summary>
internal static class RuntimeSettings
{
    private static readonly string[] Prefixes = ["DOTNET_", "COMPlus_"];

    // What the variables that make a difference to times begin with, after the prefix.
    private static readonly string[] Subjects = ["Tiered", "TC_", "JIT", "OSR", "ReadyToRun", "Enable", "GC", "ThreadPool_", "Thread_", "PROCESSOR_COUNT"];

    /// <summary>Whether methods are compiled twice, first quickly and then well.</summary>
    public static bool HasTiers { get; } = IsOn("TieredCompilation");

    public static string Tiering => !HasTiers ? "off" : IsOn("TieredPGO") ? "on, PGO" : "on";

    // Without a thread of its own that collects, no other latency is offered.
    public static string Gc =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "non-concurrent" : "concurrent")}";

    /// <summary>The variables of this process that change it, e.g. <c>DOTNET_JITMinOpts=1</c>, separated by commas.</summary>
    public static string Variables => string.Join(", ", Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
        .Where(variable => Prefixes.Any(prefix => variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && Subjects.Any(subject => variable.Name.AsSpan(prefix.Length).StartsWith(subject, StringComparison.OrdinalIgnoreCase))))
        .Select(variable => $"{variable.Name}={variable.Value}")
        .Order(StringComparer.Ordinal));

    // The environment comes before the program's own configuration.
    private static bool IsOn(string setting)
    {
        string? variable = Prefixes.Select(prefix => Environment.GetEnvironmentVariable(prefix + setting)).FirstOrDefault(value => value is not null);
        if (!string.IsNullOrEmpty(variable))
            return variable != "0";
        return !AppContext.TryGetSwitch($"System.Runtime.{setting}", out bool isOn) || isOn;
    }
}
