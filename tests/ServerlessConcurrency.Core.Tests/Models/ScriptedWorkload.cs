using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Models;

/// <summary>A workload whose tasks do what a test says, and which counts how many of them are inside at once.</summary>
internal sealed class ScriptedWorkload : Workload
{
    private int _inside;
    private int _mostInside;

    public override string Kind => "scripted";

    public override WorkloadNature Nature { get; } = WorkloadNature.CpuBound;

    public override string SizeUnit => "none";

    public override long MaxSize => 1_000_000_000;

    /// <summary>What the blocking form does.</summary>
    public required Func<TaskInput, Execution, ulong> Blocking { get; init; }

    /// <summary>What the awaiting form does; null: computes what the blocking form does.</summary>
    public Func<TaskInput, Execution, Task<ulong>>? Awaiting { get; init; }

    public int Inside => Volatile.Read(ref _inside);

    public int MostInside => Volatile.Read(ref _mostInside);

    public static ScriptedWorkload CpuBound(Func<TaskInput, Execution, ulong> compute) => new() { Blocking = compute };

    public static ScriptedWorkload IoBound(
        Func<TaskInput, Execution, ulong> blocking, Func<TaskInput, Execution, Task<ulong>> awaiting) =>
        new(WorkloadNature.IoBound) { Blocking = blocking, Awaiting = awaiting };

    public ScriptedWorkload()
    {
    }

    private ScriptedWorkload(WorkloadNature nature) => Nature = nature;

    public override ulong Execute(TaskInput task, Execution execution)
    {
        Enter();
        try
        {
            return Blocking(task, execution);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        if (Awaiting is null)
            return await execution.ComputeAsync(task, Execute);
        Enter();
        try
        {
            return await Awaiting(task, execution);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private void Enter()
    {
        int inside = Interlocked.Increment(ref _inside);
        int most;
        while ((most = MostInside) < inside)
            Interlocked.CompareExchange(ref _mostInside, inside, most);
    }
}
