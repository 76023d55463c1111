namespace ServerlessConcurrency.Core.Findings;

/// <summary>When the hosts of a run began to work, in words.</summary>
public static class HostArrivals
{
    /// <summary>When the first, half and all of them were at work, e.g. <c>1 from 0.01 s, 2 from 0.8 s, 5 from 12 s</c>.</summary>
    /// <param name="fromMs">As <see cref="Runs.RunResult.HostsFromMs"/>.</param>
    public static string Describe(IReadOnlyList<double> fromMs) => string.Join(", ", new[] { 1, fromMs.Count / 2, fromMs.Count }
        .Where(hosts => hosts > 0)
        .Distinct()
        .Select(hosts => FormattableString.Invariant($"{hosts} from {FindingWords.Seconds(fromMs[hosts - 1])}")));
}
