namespace ServerlessConcurrency.Claims.Tests;

/// <summary>Claims are measured: nothing else runs beside them.</summary>
[CollectionDefinition("claims", DisableParallelization = true)]
public sealed class Collections;
