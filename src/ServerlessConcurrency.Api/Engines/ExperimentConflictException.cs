namespace ServerlessConcurrency.Api.Engines;

/// <summary>What was asked for does not go with the state an experiment is in. Answered with 409.</summary>
public sealed class ExperimentConflictException(string message) : Exception(message);
