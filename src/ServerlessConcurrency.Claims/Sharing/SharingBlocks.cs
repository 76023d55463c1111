namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>What was measured on one side.</summary>
/// <param name="Blocks">The blocks, in the order in which they were measured.</param>
internal sealed record SharingBlocks(IReadOnlyList<SharingBlock> Blocks);
