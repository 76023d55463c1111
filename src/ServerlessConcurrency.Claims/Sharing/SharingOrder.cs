using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>What to send.</summary>
/// <param name="Sizes">The sizes of messages, in bytes.</param>
/// <param name="StreamBytes">How much a stream of messages has, in bytes.</param>
/// <param name="Corrupts">Whether a bit of each message changes on its way: only for tests.</param>
internal sealed record SharingOrder(
    WorkerLaunch Launch, string Folder, long Seed, IReadOnlyList<int> Sizes, int Rounds, int StreamBytes, bool Corrupts)
{
    private const int LongestBlockBytes = 1024 * 1024;
    private const int MostMessages = 20;

    /// <summary>The sizes of the messages of streams, in bytes: one that fits into the buffer of a pipe on Linux, and one that does not.</summary>
    public static IReadOnlyList<int> StreamSizes { get; } = [64 * 1024, 1024 * 1024];

    /// <summary>How many messages of a size a block has: so many that the time of small ones is more than that of beginning.</summary>
    public static int MessagesOf(int bytes) => Math.Clamp(LongestBlockBytes / bytes, 1, MostMessages);
}
