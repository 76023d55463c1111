namespace ServerlessConcurrency.Core.Measurement;

/// <summary>How many of a machine's processors a program may use.</summary>
/// <param name="Quota">How many it may use on average, e.g. 1.5, by the quota of its container; null without a quota.</param>
public sealed record ProcessorLimits(int Machine, int Affinity, double? Quota);
