using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>A run as a concurrency model carries it out: what it is, and what belongs to this process.</summary>
public sealed class RunContext(RunOrder order, Workload workload, CancellationToken cancellationToken = default)
{
    public RunOrder Order { get; } = order;

    /// <summary>The workload that <see cref="RunOrder.Workload"/> names.</summary>
    public Workload Workload { get; } = workload;

    /// <summary>What the tasks spend their time on.</summary>
    public WorkloadNature Nature => Order.Nature ?? Workload.Nature;

    public int Tasks => Order.Tasks;

    public int Degree => Order.Degree;

    /// <summary>How many tasks may be under way at once, 1 to <see cref="Tasks"/>.</summary>
    public int InFlight => Math.Min(Order.InFlight ?? Tasks, Tasks);

    /// <summary>Where the model records every task attempt.</summary>
    public TaskRecorder Recorder { get; init; } = new(order.Tasks) { BeganTicks = order.BeganTicks };

    /// <summary>What the model tells of the run beside its attempts.</summary>
    public RunFacts Facts { get; } = new();

    /// <summary>The clock of the run; its timestamps are comparable across the processes of a machine.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the run is, to be sent to whoever executes its tasks: it knows when it began.</summary>
    public RunOrder Begun => Order with { BeganTicks = Recorder.BeganTicks };
}
