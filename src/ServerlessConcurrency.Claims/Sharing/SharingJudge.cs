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
                .. FiguresOf("round trip by size in bytes", "us", streamed: false, block => block.Microseconds),
                .. FiguresOf("throughput of a stream by size in bytes", "MiB/s", streamed: true, Throughput),
                .. FiguresOf("throughput of one message at a time by size in bytes", "MiB/s", streamed: false, Throughput),
            ],
            remarks);

        IEnumerable<ClaimFigure> FiguresOf(string chart, string unit, bool streamed, Func<SharingBlock, double> figure) =>
            from mechanism in mechanisms
            from block in mechanism
            where block.Streamed == streamed
            group figure(block) by (Mechanism: mechanism.Key, block.Bytes) into size
            orderby mechanisms.FindIndex(mechanism => mechanism.Key == size.Key.Mechanism), size.Key.Bytes
            select ClaimFigure.Of(chart, size.Key.Mechanism, unit, MedianInterval.Of(size), size.Key.Bytes, axis: "size in bytes");
    }

    private static ClaimCriterion Arrives(IGrouping<string, SharingBlock> mechanism) => ClaimCriterion.Always(
        $"{mechanism.Key}: every message arrives in the other process as it was sent",
        mechanism.Sum(block => block.Intact),
        mechanism.Sum(block => block.Sent));

    private static double Throughput(SharingBlock block) => block.Bytes / BytesPerMiB / (block.Microseconds / 1e6);
}
