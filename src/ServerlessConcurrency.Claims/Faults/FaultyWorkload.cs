using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>
/// The task of one worker process. The seed is the trial, the size the number of tasks. All of them wait until each has begun; then one
/// fails, and the others go on until that one has succeeded at another attempt. So they were begun before the failure and finish after
/// it, however long it takes, and no worker but a fresh one is free to take the lost task. Processes tell each other by files.
/// </summary>
internal sealed class FaultyWorkload(FaultKind fault, string folder) : Workload
{
    public override string Kind => KindOf(fault);

    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    public override string SizeUnit => "tasks";

    public override long MaxSize => int.MaxValue;

    public static string KindOf(FaultKind fault) => $"faulty-{fault}";

    public static int VictimOf(long seed, int tasks) => (int)((ulong)seed % (ulong)tasks);

    public override ulong Execute(TaskInput task, Execution execution)
    {
        ulong state = SteadyWork.Begin(task);
        if (task.Index != VictimOf(task.Seed, (int)task.Size))
        {
            MeetOthers(task);
            SteadyWork.Until(() => File.Exists(EndOf(task.Seed)));
            return SteadyWork.Finish(state);
        }

        if (!File.Exists(BeginOf(task.Seed, task.Index)))
            Fail(task);
        ulong checksum = SteadyWork.Finish(state);
        File.Create(EndOf(task.Seed)).Dispose();
        return checksum;
    }

    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new(Execute(task, execution));

    private void Fail(TaskInput task)
    {
        MeetOthers(task);
        // On a thread of its own, as a worker catches whatever a task throws on its thread.
        var thread = new Thread(() => Fault.Cause(fault), Fault.StackBytes);
        thread.Start();
        thread.Join();
    }

    private void MeetOthers(TaskInput task)
    {
        File.Create(BeginOf(task.Seed, task.Index)).Dispose();
        for (int index = 0; index < task.Size; index++)
        {
            while (!File.Exists(BeginOf(task.Seed, index)))
                Thread.Sleep(1);
        }
    }

    private string BeginOf(long seed, int index) => PathOf($"{seed}-{index}-begun");

    private string EndOf(long seed) => PathOf($"{seed}-over");

    private string PathOf(FormattableString name) => Path.Combine(folder, FormattableString.Invariant(name));
}
