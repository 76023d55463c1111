using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A finding of one experiment of a sweep.</summary>
/// <param name="Code">The finding's code, see <see cref="Finding"/>.</param>
public sealed record SweepFinding(long Value, string Code, FindingSeverity Severity, string Message);
