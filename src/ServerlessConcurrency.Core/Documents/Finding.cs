namespace ServerlessConcurrency.Core.Documents;

/// <summary>Something a reader of the results should know, with its evidence.</summary>
/// <param name="Code">A short stable name, e.g. <c>too-few-rounds</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was seen and what to do.</param>
public sealed record Finding(string Code, FindingSeverity Severity, string Message);
