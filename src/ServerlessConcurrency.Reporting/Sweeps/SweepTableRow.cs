using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The results at one value of a sweep.</summary>
/// <param name="Entries">A result for each model of the table; null where no run was valid.</param>
public sealed record SweepTableRow(long Value, IReadOnlyList<SweepEntry?> Entries);
