namespace ServerlessConcurrency;

/// <summary>
/// Makes a public method a workload, which specs name and every concurrency model runs. The method is static, or of a class with one public
/// constructor; it takes any of <see cref="WorkItem"/>, <see cref="CancellationToken"/> and
/// <see cref="Core.Workloads.Execution"/>; it returns nothing, a value, or a task with or without one.
/// </summary>
/// <param name="name">The name in specs: 1 to 50 lower-case letters, digits and hyphens, the first a letter; no other workload's.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorkloadAttribute(string name) : Attribute
{
    /// <summary>The name in specs.</summary>
    public string Name { get; } = name;

    /// <summary>What a task spends its time on; measured before the first run unless stated.</summary>
    public WorkloadNature Nature
    {
        get => StatedNature ?? WorkloadNature.Mixed;
        set => StatedNature = value;
    }

    /// <summary>What <see cref="WorkItem.Size"/> counts, e.g. <c>pixels</c>; empty unless stated.</summary>
    public string SizeUnit { get; set; } = "";

    internal WorkloadNature? StatedNature { get; private set; }
}
