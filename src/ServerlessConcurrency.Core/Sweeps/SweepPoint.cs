using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>One experiment of a sweep, to be carried out.</summary>
/// <param name="Value">The variable's value, 1 or more.</param>
/// <param name="Spec">The spec with that value, its name ending in e.g. <c> [size=1000]</c>; for cores the value is in the name only.</param>
public sealed record SweepPoint(long Value, ExperimentSpec Spec);
