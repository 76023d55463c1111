using System.Diagnostics;
using System.Runtime;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Tells when this process has stopped compiling methods: their number (<see cref="JitInfo.GetCompiledMethodCount"/>) has not grown
/// during the last executions of what is watched.
/// </summary>
internal sealed class CompilationWatch
{
    private const int FewestExecutions = 2;

    // With tiers, a method is compiled anew after 30 calls, in the background, and that not before 100 ms without new methods have
    // passed (settings TC_CallCountThreshold and TieredCompilation.BackgroundWorkerTimeoutMs of the runtime, their defaults).
    private const int FewestExecutionsWithTiers = 30;
    private static readonly TimeSpan ShortestPeriodWithTiers = TimeSpan.FromMilliseconds(200);

    private static readonly bool HasTiers = ReadHasTiers();

    private long _methods = JitInfo.GetCompiledMethodCount();
    private long _since = Stopwatch.GetTimestamp();
    private int _executions;

    /// <summary>To be called after each execution.</summary>
    /// <returns>Whether nothing was compiled any more during the last ones.</returns>
    public bool IsSettled()
    {
        long methods = JitInfo.GetCompiledMethodCount();
        if (methods != _methods)
        {
            _methods = methods;
            _since = Stopwatch.GetTimestamp();
            _executions = 0;
            return false;
        }

        _executions++;
        return HasTiers
            ? _executions >= FewestExecutionsWithTiers && Stopwatch.GetElapsedTime(_since) >= ShortestPeriodWithTiers
            : _executions >= FewestExecutions;
    }

    // The environment comes before the program's own configuration.
    private static bool ReadHasTiers()
    {
        string? variable = Environment.GetEnvironmentVariable("DOTNET_TieredCompilation")
            ?? Environment.GetEnvironmentVariable("COMPlus_TieredCompilation");
        if (!string.IsNullOrEmpty(variable))
            return variable != "0";
        return !AppContext.TryGetSwitch("System.Runtime.TieredCompilation", out bool isOn) || isOn;
    }
}
