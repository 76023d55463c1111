namespace ServerlessConcurrency.Api.Engines;

/// <summary>The engine cannot take an experiment now, though it may later, e.g. because it is being stopped; nothing of it is kept. Answered with 503.</summary>
public sealed class EngineUnavailableException(string message) : Exception(message);
