namespace ServerlessConcurrency.Claims.Switching;

/// <summary>What was measured on one side.</summary>
internal sealed record SwitchingBlocks(IReadOnlyList<SwitchingBlock> Blocks);
