using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>As what code a program was measured, as far as the document tells.</summary>
internal static class ProgramText
{
    public static IEnumerable<(string Name, string Value)> Of(EnvironmentInfo environment) =>
        new[]
        {
            ("Configuration", environment.Configuration),
            ("Version", environment.Version),
            ("Commit", environment.Commit),
            ("Garbage collection", environment.Gc),
            ("Tiered compilation", environment.Tiering),
            ("Variables", environment.Variables),
            ("Durable backend", environment.DurableBackend),
            ("Own code", environment.OwnCode),
        }
        .Where(entry => !string.IsNullOrEmpty(entry.Item2))
        .Select(entry => (entry.Item1, entry.Item2!));

    /// <summary>The same after the other parts of a sentence; empty where nothing is told.</summary>
    public static string Clause(EnvironmentInfo environment) =>
        string.Concat(Of(environment).Select(entry => $"; {entry.Name.ToLowerInvariant()}: {entry.Value}"));
}
