namespace ServerlessConcurrency.Claims.Switching;

/// <summary>What was measured on one side.</summary>
/// <param name="Blocks">The blocks, in the order in which they were played.</param>
internal sealed record SwitchingBlocks(IReadOnlyList<SwitchingBlock> Blocks);
