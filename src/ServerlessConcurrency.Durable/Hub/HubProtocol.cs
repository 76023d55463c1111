using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Workers.Crews;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>The frames of a host process of the task hub, beside those of every host.</summary>
internal static class HubProtocol
{
    public const string Role = "task-hub";

    /// <summary>An activity begins: <see cref="ActivityInHand"/> as JSON.</summary>
    public const byte InHand = 48;

    /// <summary>Attempts of a recording that follows: <see cref="RecordedAttempts"/> as JSON.</summary>
    public const byte Attempts = 49;

    /// <summary>What a generation measured, <see cref="RunRecording"/> as JSON without its attempts, which came before.</summary>
    public const byte Recorded = 50;

    /// <summary>From the parent, during a run: <see cref="HubAssignment"/> as JSON, as it is now.</summary>
    public const byte Assignment = 51;

    /// <summary>So many in a frame.</summary>
    public const int AttemptsPerFrame = 1_000;
}

/// <summary>What the role needs to know.</summary>
/// <param name="TaskHub">The name of the hub.</param>
/// <param name="Visibility">After which time what a dead host held is taken over, 10 s or more: the framework renews every 5 s; null: the usual one.</param>
/// <param name="LongestPollingInterval">Null: that of host.json.</param>
internal sealed record HubSettings(string TaskHub, TimeSpan? Visibility = null, TimeSpan? LongestPollingInterval = null);

/// <summary>What a host is told when a run begins.</summary>
/// <param name="Deadly">The first tasks of shares during whose execution host after host died: they are not executed again.</param>
public sealed record HubAssignment(RunOrder Run, IReadOnlyList<int> Deadly) : IHostAssignment;

/// <summary>The share of a run that a host executes.</summary>
internal sealed record ActivityInHand(string RunId, int FirstTask);

/// <summary>Attempts of a generation.</summary>
/// <param name="FirstTask">The generation's first task.</param>
internal sealed record RecordedAttempts(string RunId, int FirstTask, IReadOnlyList<TaskAttempt> Attempts);
