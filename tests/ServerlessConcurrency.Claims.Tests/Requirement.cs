namespace ServerlessConcurrency.Claims.Tests;

/// <summary>What the tests of claims need of a machine; the product does without.</summary>
internal static class Requirement
{
    /// <summary>Why a test cannot run here.</summary>
    /// <param name="processors">How many processors it needs.</param>
    /// <returns>The reason; null where it can.</returns>
    public static string? WhyNot(int processors) =>
        Environment.ProcessorCount < processors ? $"needs {processors} processors"
        : !SystemPython.IsThere ? "needs python3"
        : null;
}
