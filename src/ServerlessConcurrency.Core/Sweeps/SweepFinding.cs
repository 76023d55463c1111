using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A finding of one experiment of a sweep.</summary>
/// <param name="Value">The variable's value in that experiment.</param>
/// <param name="Code">The finding's code, see <see cref="Finding"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was seen and what to do.</param>
public sealed record SweepFinding(long Value, string Code, FindingSeverity Severity, string Message);
