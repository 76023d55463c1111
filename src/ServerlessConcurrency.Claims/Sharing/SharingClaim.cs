using Azure;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>
/// C9: messages of 64 B to 16 MiB from one process to another, by each mechanism, one at a time and in streams. Every message differs from all others, and the other
/// process compares it with the one it expects. Holds where each arrives as it was sent.
/// </summary>
internal sealed class SharingClaim(bool corrupts, PythonScript script) : Claim
{
    private static readonly int[] QuickSizes = [64, 64 * 1024, 4 * 1024 * 1024];
    private static readonly int[] FullSizes = [64, 4 * 1024, 64 * 1024, 1024 * 1024, 16 * 1024 * 1024];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    public SharingClaim()
        : this(corrupts: false, PythonScript.Load("sharing"))
    {
    }

    public override string Id => "C9";

    public override string Statement => "Processes share data over pipes, queues and shared memory";

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        SharingBlocks local = await ClaimChild.PlayAsync<SharingOrder, SharingBlocks>(
            context,
            SharingScene.SceneName,
            new SharingOrder(context.Launch, context.Folder, context.Seed, Sizes(context), Rounds(context), StreamBytes(context), corrupts),
            cancellationToken);
        List<string> remarks = [];
        if (local.Blocks.All(block => block.Mechanism != SharingMechanism.Socket))
            remarks.Add("not over a Unix domain socket: this system has none");
        IReadOnlyList<SharingBlock> queued = await MeasureQueueAsync(context, remarks, cancellationToken);
        return SharingJudge.Judge([.. local.Blocks, .. queued], remarks);
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        SharingBlocks measured = await python.RunAsync<SharingBlocks>(
            script,
            new
            {
                Sizes = Sizes(context),
                Messages = Sizes(context).Select(SharingOrder.MessagesOf).ToArray(),
                SharingOrder.StreamSizes,
                StreamBytes = StreamBytes(context),
                Rounds = Rounds(context),
                context.Seed,
            },
            Limit,
            cancellationToken);
        return SharingJudge.Judge(
            measured.Blocks,
            ["not over an Azure Storage queue: its client is no part of CPython's standard library; multiprocessing.Queue stands in its place"]);
    }

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
