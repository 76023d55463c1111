using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Workers.Tests.ColdStart;

/// <summary>What became of a run.</summary>
/// <param name="Wall">What it took.</param>
/// <param name="Usage">What its processes used.</param>
/// <param name="ProcessIds">The processes that executed its tasks.</param>
internal sealed record ColdOutcome(TimeSpan Wall, IReadOnlyList<ResourceUsage> Usage, IReadOnlyList<int> ProcessIds);
