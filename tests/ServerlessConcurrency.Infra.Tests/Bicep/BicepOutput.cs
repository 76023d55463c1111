namespace ServerlessConcurrency.Infra.Tests.Bicep;

/// <summary>How a run of the Bicep CLI ended.</summary>
internal sealed record BicepOutput(int ExitCode, string Output, string Errors);
