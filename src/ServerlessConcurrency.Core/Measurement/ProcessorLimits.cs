namespace ServerlessConcurrency.Core.Measurement;

/// <summary>How many of a machine's processors a program may use.</summary>
/// <param name="Machine">How many the machine has.</param>
/// <param name="Affinity">How many the program is allowed to run on.</param>
/// <param name="Quota">How many it may use on average, e.g. 1.5, by the quota of its container; null without a quota.</param>
public sealed record ProcessorLimits(int Machine, int Affinity, double? Quota);
