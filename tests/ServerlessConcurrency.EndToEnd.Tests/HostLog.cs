using System.Collections.Concurrent;

namespace ServerlessConcurrency.EndToEnd.Tests;

/// <summary>What the hosts of a test have written.</summary>
internal sealed class HostLog
{
    private const string Overtaken = "DurableTask.AzureStorage[104]";
    private static readonly string[] Signs = ["warn:", "Error response [", "were not defined"];

    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line) => _lines.Enqueue(line);

    /// <summary>How many tasks a host has executed as activities.</summary>
    public int ExecutedTasks(string host) => _lines.Count(line =>
        line.StartsWith($"[{host}]", StringComparison.Ordinal)
        && line.Contains("Executed 'Functions.ExecuteTask' (Succeeded", StringComparison.Ordinal));

    /// <summary>
    /// What they warned of; Core Tools has the text without the level before it. The task hub itself warns of a message that overtook another, which
    /// it takes up again.
    /// </summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. _lines.Where(line => Signs.Any(sign => line.Contains(sign, StringComparison.Ordinal)) && !line.Contains(Overtaken, StringComparison.Ordinal)),
    ];

    public override string ToString() => string.Join('\n', _lines.TakeLast(40));
}
