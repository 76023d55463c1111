namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>What one generation of an orchestration asked its context for, in order; each replay has to ask for the same.</summary>
/// <param name="instanceId">The orchestration.</param>
internal sealed class Generation(string instanceId)
{
    private readonly List<string> _calls = [];
    private readonly List<TimeSpan> _delays = [];

    public string InstanceId { get; } = instanceId;

    public IReadOnlyList<string> Calls => _calls;

    public IReadOnlyList<TimeSpan> Delays => _delays;

    /// <summary>How often it was executed from the beginning.</summary>
    public int Executions { get; set; }

    /// <summary>Takes a call down, or compares it with the one that an earlier execution made in its place.</summary>
    /// <returns>What is different, or null.</returns>
    public string? Take(int place, string call)
    {
        if (place == _calls.Count)
            _calls.Add(call);
        return _calls[place] == call ? null : $"{InstanceId}: replayed, call {place} is {call}, and was {_calls[place]}";
    }

    public void Delay(int place, TimeSpan delay)
    {
        if (place == _calls.Count)
            _delays.Add(delay);
    }
}
