namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The answer of a program that is there; storage is not asked.</summary>
public sealed record HealthState(string Status, string Engine, string Version);
