namespace ServerlessConcurrency.Core.Experiments;

/// <summary>A process that executes tasks.</summary>
/// <param name="Machine">The machine's name, or the instance id in Azure.</param>
/// <param name="ProcessId">The operating system's id of the process.</param>
public sealed record HostIdentity(string Machine, int ProcessId)
{
    /// <summary>The process that runs this code.</summary>
    public static HostIdentity Current { get; } = new(Environment.MachineName, Environment.ProcessId);

    /// <summary>The host id: machine and process id, joined by a hyphen.</summary>
    public string Id { get; } = $"{Machine}-{ProcessId}";

    /// <inheritdoc/>
    public override string ToString() => Id;
}
