namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The answer of a program that is there and can store.</summary>
public sealed record HealthState(string Status, string Engine, string Version);
