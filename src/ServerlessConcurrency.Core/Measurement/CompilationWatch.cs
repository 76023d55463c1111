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

    // With tiers, calls are counted once nothing new was compiled for 100 ms, and after 30 of them a method is compiled anew in the
    // background (the runtime's settings TC_CallCountingDelayMs and TC_CallCountThreshold): twice of each, one after the other.
    private const int FewestExecutionsWithTiers = 60;
    private static readonly TimeSpan QuietBeforeThem = TimeSpan.FromMilliseconds(200);

    private long _methods = JitInfo.GetCompiledMethodCount();
    private long _since = Stopwatch.GetTimestamp();
    private int _executions;

    /// <summary>To be called after each execution.</summary>
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

        if (RuntimeSettings.HasTiers && Stopwatch.GetElapsedTime(_since) < QuietBeforeThem)
            return false;
        _executions++;
        return _executions >= (RuntimeSettings.HasTiers ? FewestExecutionsWithTiers : FewestExecutions);
    }
}
