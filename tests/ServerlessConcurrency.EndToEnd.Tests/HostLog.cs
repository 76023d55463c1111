using System.Collections.Concurrent;

namespace ServerlessConcurrency.EndToEnd.Tests;

/// <summary>What the hosts of a test have written.</summary>
internal sealed class HostLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line) => _lines.Enqueue(line);

    /// <summary>How many tasks a host has executed as activities.</summary>
    public int ExecutedTasks(string host) => _lines.Count(line =>
        line.StartsWith($"[{host}]", StringComparison.Ordinal)
        && line.Contains("Executed 'Functions.ExecuteTask' (Succeeded", StringComparison.Ordinal));

    public override string ToString() => string.Join('\n', _lines.TakeLast(40));
}
