using System.Text.Json;

namespace ServerlessConcurrency.Durable.Tests.InMemory;

/// <summary>What the orchestrations of a test asked for. One lock for all: orchestrations take turns anyway.</summary>
internal sealed class OrchestrationLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Generation> _byInput = [];
    private readonly List<Generation> _generations = [];
    private readonly List<string> _differences = [];
    private readonly List<object?> _statuses = [];
    private readonly Dictionary<string, int> _mostOpen = [];

    /// <summary>How far the orchestration's clock is ahead, by its input and how many calls have ended.</summary>
    public Func<object?, int, TimeSpan> TimePassed { get; set; } = static (_, _) => TimeSpan.Zero;

    /// <summary>Where a replay did not do what the first execution had done.</summary>
    public IReadOnlyList<string> Differences => Read(() => _differences.ToArray());

    /// <summary>The custom statuses, in order.</summary>
    public IReadOnlyList<object?> Statuses => Read(() => _statuses.ToArray());

    public IReadOnlyList<Generation> GenerationsOf(string instanceId) =>
        Read(() => _generations.Where(generation => generation.InstanceId == instanceId).ToArray());

    /// <summary>How many activities of a name an orchestration had in flight at most.</summary>
    public int MostOpen(string activity) => Read(() => _mostOpen.GetValueOrDefault(activity));

    public Generation Begin(string instanceId, object? input) => Read(() =>
    {
        string key = instanceId + JsonSerializer.Serialize(input);
        if (!_byInput.TryGetValue(key, out Generation? generation))
        {
            _byInput[key] = generation = new Generation(instanceId);
            _generations.Add(generation);
        }

        generation.Executions++;
        return generation;
    });

    public void Take(Generation generation, int place, string call) => Read(() =>
    {
        if (generation.Take(place, call) is { } difference)
            _differences.Add(difference);
        return 0;
    });

    public void Open(string activity, int count) =>
        Read(() => _mostOpen[activity] = Math.Max(count, _mostOpen.GetValueOrDefault(activity)));

    public void Status(object? status) => Read(() =>
    {
        _statuses.Add(status);
        return 0;
    });

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
