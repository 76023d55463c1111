using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Claims.Load;

/// <summary>Measures, from its creation on, what the processors did for others than this program and its children.</summary>
internal sealed class OtherLoadMeter
{
    private readonly MachineMeter _machine = new();
    private readonly TimeSpan? _ownAtStart = ProcessTree.CpuTime();

    public OtherLoadMeter() => _machine.Start();

    /// <returns>What others used; null where the system does not tell.</returns>
    public MachineLoad? Stop() =>
        ProcessTree.CpuTime() is { } now && _ownAtStart is { } atStart ? _machine.Stop(now - atStart) : null;
}
