namespace ServerlessConcurrency.Core.Runs;

/// <summary>Garbage collections of all processes of a run, each counted in its own and every younger generation.</summary>
/// <param name="Gen0">Collections of generation 0 or older.</param>
/// <param name="Gen1">Collections of generation 1 or older.</param>
/// <param name="Gen2">Collections of generation 2.</param>
public sealed record GarbageCollections(int Gen0, int Gen1, int Gen2);
