using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>What the hosts of a fan-out used, added up activity by activity.</summary>
internal static class HostUsage
{
    /// <summary>Adds an activity: its usage adds up within a host, but for the largest resident set.</summary>
    public static void Add(Dictionary<string, ResourceUsage> byHost, HostIdentity host, ResourceUsage usage)
    {
        byHost[host.Id] = byHost.TryGetValue(host.Id, out ResourceUsage? before)
            ? before.Plus(usage) with { PeakRssBytes = Max(before.PeakRssBytes, usage.PeakRssBytes) }
            : usage;
    }

    public static ResourceUsage Total(IReadOnlyDictionary<string, ResourceUsage> byHost) =>
        byHost.Values.Aggregate(ResourceUsage.None, (total, host) => total.Plus(host));

    private static long? Max(long? left, long? right) => left > right ? left : right;
}
