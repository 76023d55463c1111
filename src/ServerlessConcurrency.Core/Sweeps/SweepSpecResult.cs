using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A sweep that was read, or why it could not be.</summary>
/// <param name="Spec">The sweep; null if there are mistakes.</param>
/// <param name="Errors">Every mistake; empty if there is none.</param>
public sealed record SweepSpecResult(SweepSpec? Spec, IReadOnlyList<SpecError> Errors);
