namespace ServerlessConcurrency.Api.Engines;

/// <summary>The engine has as many experiments waiting as it takes; nothing of the new one is kept. Answered with 429.</summary>
public sealed class EngineBusyException(string message) : Exception(message);
