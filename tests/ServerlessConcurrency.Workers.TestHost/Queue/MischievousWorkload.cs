using System.Globalization;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Queue;

/// <summary>A workload whose tasks leave a file behind for each execution, and then do something that the tests are about.</summary>
public sealed class MischievousWorkload : Workload
{
    private readonly string _folder;
    private readonly Action<TaskInput, int> _mischief;

    private MischievousWorkload(string kind, WorkloadEnvironment environment, Action<TaskInput, int> mischief)
    {
        Kind = kind;
        _folder = environment.FileFolder;
        _mischief = mischief;
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.Mixed;

    /// <inheritdoc/>
    public override string SizeUnit => "ms";

    /// <inheritdoc/>
    public override long MaxSize => int.MaxValue;

    /// <inheritdoc/>
    public override long WarmUpSize(long size) => 1;

    /// <summary>One of each kind of mischief.</summary>
    /// <param name="environment">Says where the files go.</param>
    /// <returns>The workloads.</returns>
    public static IEnumerable<MischievousWorkload> All(WorkloadEnvironment environment) =>
    [
        new("always-throws", environment, (_, _) => throw new InvalidOperationException("this task\nalways fails")),
        new("one-throws", environment, (task, _) =>
        {
            if (task.Index == 1)
                throw new InvalidOperationException("task 1\nalways fails");
        }),
        new("throws-once", environment, (_, earlier) =>
        {
            if (earlier == 0)
                throw new InvalidOperationException("once");
        }),
        new("counts", environment, (task, _) => Thread.Sleep((int)task.Size)),
        new("kills-worker", environment, (task, _) =>
        {
            if (task.Index == 1)
                Environment.Exit(7);
        }),
        new("hangs-once", environment, (task, earlier) =>
        {
            if (task.Index == 1 && earlier == 0)
                Thread.Sleep(Timeout.Infinite);
        }),
    ];

    /// <summary>How often a task was executed.</summary>
    /// <param name="folder">The environment's file folder.</param>
    /// <param name="index">The task.</param>
    /// <returns>The number of executions that have begun.</returns>
    public static int Executions(string folder, int index) => Directory.GetFiles(folder, Mark(index, "*")).Length;

    /// <summary>The processes that have executed tasks of runs, one entry for each execution that has begun.</summary>
    /// <param name="folder">The environment's file folder.</param>
    public static IReadOnlyList<int> ExecutingProcesses(string folder) =>
    [
        .. from file in Directory.GetFiles(folder, "task-*")
           let parts = Path.GetFileName(file).Split('.')
           where parts[0] != $"task-{int.MaxValue}" // A warm-up.
           select int.Parse(parts[1], CultureInfo.InvariantCulture),
    ];

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        int earlier = Executions(_folder, task.Index);
        File.WriteAllText(Path.Combine(_folder, Mark(task.Index, $"{Environment.ProcessId}.{Guid.NewGuid():n}")), "");
        _mischief(task, earlier);
        return Checksum.Start(task);
    }

    /// <inheritdoc/>
    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new(Execute(task, execution));

    private static string Mark(int index, string execution) =>
        string.Create(CultureInfo.InvariantCulture, $"task-{index}.{execution}");
}
