namespace ServerlessConcurrency.Core.Tests.Measurement;

/// <summary>Tests of figures that belong to the whole process: no others run beside them.</summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;
