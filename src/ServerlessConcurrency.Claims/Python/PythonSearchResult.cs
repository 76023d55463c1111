namespace ServerlessConcurrency.Claims.Python;

/// <summary>The interpreter that was found, or why none was.</summary>
/// <param name="Interpreter">The interpreter; null without.</param>
/// <param name="WhyNone">Why there is none, and what to do; null with an interpreter.</param>
public sealed record PythonSearchResult(PythonInterpreter? Interpreter, string? WhyNone);
