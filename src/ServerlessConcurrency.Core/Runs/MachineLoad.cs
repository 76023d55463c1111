namespace ServerlessConcurrency.Core.Runs;

/// <summary>What a machine's processors did for others during a run.</summary>
/// <param name="StealMs">Processor time that the hypervisor gave to other virtual machines while this one wanted it, in ms.</param>
/// <param name="OtherCpuMs">Processor time of this machine's other programs, in ms.</param>
/// <param name="CapacityMs">Processor time that the machine had: its processors times the length of the run, in ms.</param>
public sealed record MachineLoad(double StealMs, double OtherCpuMs, double CapacityMs);
