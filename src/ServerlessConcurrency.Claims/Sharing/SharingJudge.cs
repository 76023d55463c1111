using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Draws figures and criteria from messages.</summary>
internal static class SharingJudge
{
    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>Decides: data is shared where every message of every mechanism arrived as it was sent.</summary>
    /// <param name="blocks">The messages.</param>
    /// <param name="remarks">What else a reader should know.</param>
    public static ClaimEvidence Judge(IReadOnlyList<SharingBlock> blocks, IReadOnlyList<string> remarks)
    {
        List<IGrouping<string, SharingBlock>> mechanisms = [.. blocks.GroupBy(block => block.Mechanism)];
        return ClaimEvidence.Decide(
            [.. mechanisms.Select(Arrives)],
            [
                .. mechanisms.SelectMany(mechanism => Figures(mechanism, "round trip by size in bytes", "us", block => block.Microseconds)),
                .. mechanisms.SelectMany(mechanism => Figures(mechanism, "throughput by size in bytes", "MiB/s", Throughput)),
            ],
            remarks);
    }

    private static ClaimCriterion Arrives(IGrouping<string, SharingBlock> mechanism) => ClaimCriterion.Always(
        $"{mechanism.Key}: every message arrives in the other process as it was sent",
        mechanism.Sum(block => block.Intact),
        mechanism.Sum(block => block.Sent));

    private static double Throughput(SharingBlock block) => block.Bytes / BytesPerMiB / (block.Microseconds / 1e6);

    private static IEnumerable<ClaimFigure> Figures(
        IGrouping<string, SharingBlock> mechanism, string chart, string unit, Func<SharingBlock, double> figure) =>
        from block in mechanism
        group figure(block) by block.Bytes into size
        orderby size.Key
        select ClaimFigure.Of(chart, mechanism.Key, unit, MedianInterval.Of(size), size.Key);
}
