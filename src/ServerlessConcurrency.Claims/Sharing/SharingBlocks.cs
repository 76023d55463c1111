namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>What was measured on one side.</summary>
internal sealed record SharingBlocks(IReadOnlyList<SharingBlock> Blocks);
