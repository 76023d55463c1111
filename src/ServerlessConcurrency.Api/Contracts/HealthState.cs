namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The answer of a program that is there; storage is not asked.</summary>
/// <param name="Status"><c>healthy</c>.</param>
/// <param name="Engine">The engine behind it, <c>local</c> or <c>azure-functions</c>.</param>
/// <param name="Version">The program's version.</param>
public sealed record HealthState(string Status, string Engine, string Version);
