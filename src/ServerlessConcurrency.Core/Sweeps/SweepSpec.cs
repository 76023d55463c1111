using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>What to measure in a sweep: one experiment for each value of a variable.</summary>
/// <param name="Spec">The spec as it was given; what the sweep is over has its first value.</param>
/// <param name="Points">The experiments, in the order in which they are to run; 2 to 32 with distinct values.</param>
public sealed record SweepSpec(ExperimentSpec Spec, SweepVariable Over, IReadOnlyList<SweepPoint> Points);
