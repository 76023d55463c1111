using Azure;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// C9: messages of 64 B to 16 MiB from one process to another, by each mechanism, one at a time and in streams. Every message differs from all others, and the other
/// process compares it with the one it expects. Holds where each arrives as it was sent.
/// </summary>
internal sealed class SharingClaim(bool corrupts = false, PythonScript? script = null) : Claim
{
    private const double BytesPerMiB = 1024 * 1024;
    private static readonly int[] QuickSizes = [64, 64 * 1024, 4 * 1024 * 1024];
    private static readonly int[] FullSizes = [64, 4 * 1024, 64 * 1024, 1024 * 1024, 16 * 1024 * 1024];

    public override string Id => "C9";

    public override string Statement => "Processes share data over pipes, queues and shared memory";

    internal override IReadOnlyList<ChildScene> Scenes => [new SharingScene(), new SharingPartner.Scene(), new QueueExchange.Partner()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        List<SharingBlock> blocks = await new SharingScene().ResultOfAsync<List<SharingBlock>>(
            context,
            new SharingScene.Order(context.Launch, context.Folder, context.Seed, Sizes(context), Rounds(context), StreamBytes(context), corrupts),
            cancellationToken);
        List<string> remarks = [];
        if (blocks.All(block => block.Mechanism != SharingBlock.Socket))
            remarks.Add("not over a Unix domain socket: this system has none");
        blocks.AddRange(await MeasureQueueAsync(context, remarks, cancellationToken));
        return Judge(blocks, remarks);
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        List<SharingBlock> blocks = await python.RunAsync<List<SharingBlock>>(
            script ?? PythonScript.Load("sharing"),
            new
            {
                Sizes = Sizes(context),
                Messages = Sizes(context).Select(SharingScene.MessagesOf).ToArray(),
                SharingScene.StreamSizes,
                StreamBytes = StreamBytes(context),
                Rounds = Rounds(context),
                context.Seed,
            },
            cancellationToken);
        return Judge(
            blocks,
            ["not over an Azure Storage queue: its client is no part of CPython's standard library; multiprocessing.Queue stands in its place"]);
    }

    /// <summary>Decides: data is shared where every message of every mechanism arrived as it was sent.</summary>
    internal static ClaimEvidence Judge(IReadOnlyList<SharingBlock> blocks, IReadOnlyList<string> remarks)
    {
        List<IGrouping<string, SharingBlock>> mechanisms = [.. blocks.GroupBy(block => block.Mechanism)];
        return ClaimEvidence.Decide(
            [
                .. mechanisms.Select(mechanism => ClaimCriterion.Always(
                    $"{mechanism.Key}: every message arrives in the other process as it was sent",
                    mechanism.Sum(block => block.Intact),
                    mechanism.Sum(block => block.Sent)).Saying(_ =>
                    $"By {mechanism.Key}, {CriterionSentence.Share(mechanism.Sum(block => block.Intact), mechanism.Sum(block => block.Sent))} messages arrived in the other process as they were sent.")),
            ],
            [
                .. FiguresOf("round trip by size in bytes", "us", streamed: false, block => block.Microseconds),
                .. FiguresOf("throughput of a stream by size in bytes", "MiB/s", streamed: true, MiBPerSecond),
                .. FiguresOf("throughput of one message at a time by size in bytes", "MiB/s", streamed: false, MiBPerSecond),
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

    private static double MiBPerSecond(SharingBlock block) => block.Bytes / BytesPerMiB / (block.Microseconds / 1e6);

    private async Task<IReadOnlyList<SharingBlock>> MeasureQueueAsync(
        ClaimContext context, List<string> remarks, CancellationToken cancellationToken)
    {
        if (context.Account is null)
        {
            remarks.Add("not over an Azure Storage queue: there is no storage account (--connection none)");
            return [];
        }

        int[] sizes = [.. Sizes(context).Where(bytes => bytes < QueueMailbox.LongestMessage), QueueMailbox.LongestMessage];
        try
        {
            IReadOnlyList<SharingBlock> blocks = await new QueueExchange(context, context.Account, corrupts)
                .MeasureAsync(sizes, context.Choose(quick: 6, full: 30), cancellationToken);
            remarks.Add("an Azure Storage queue takes no message of more than 64 KiB, which is 48 KiB of bytes in base64");
            return blocks;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or RequestFailedException)
        {
            remarks.Add($"not over an Azure Storage queue: {exception.Message}");
            return [];
        }
    }

    private static int[] Sizes(ClaimContext context) => context.Quick ? QuickSizes : FullSizes;

    private static int StreamBytes(ClaimContext context) => context.Choose(quick: 8, full: 16) * 1024 * 1024;

    // 6 is the least for an interval of a median.
    private static int Rounds(ClaimContext context) => context.Choose(quick: 6, full: 60);
}
