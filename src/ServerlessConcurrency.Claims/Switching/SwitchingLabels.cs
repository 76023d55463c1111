namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How one side calls what was measured on both, and what stands there for the ways of threads and of processes.</summary>
internal sealed record SwitchingLabels(
    IReadOnlyDictionary<string, string> Kinds,
    IReadOnlyList<(string Processes, string Threads)> Judged,
    IReadOnlyList<(string Processes, string Threads, string? Reason)> Shown)
{
    private const string LockAsWell = "a thread that is woken has to wait for the interpreter lock as well";

    private static readonly (string Processes, string Threads) ByPipe = (SwitchingBlock.ProcessesPipe, SwitchingBlock.ThreadsPipe);
    private static readonly (string Processes, string Threads) InMemory = (SwitchingBlock.ProcessesMemory, SwitchingBlock.ThreadsMemory);

    public static SwitchingLabels DotNet { get; } = new(
        new Dictionary<string, string>
        {
            [SwitchingBlock.Tasks] = "tasks, event loop",
            [SwitchingBlock.ThreadsUsual] = "threads, Monitor",
            [SwitchingBlock.ThreadsMemory] = $"threads, {Signal}",
            [SwitchingBlock.ThreadsPipe] = "threads, pipe",
            [SwitchingBlock.ProcessesMemory] = $"processes, {Signal}",
            [SwitchingBlock.ProcessesPipe] = "processes, pipe",
        },
        [ByPipe, InMemory],
        [
            (SwitchingBlock.ProcessesPipe, SwitchingBlock.ThreadsMemory, null),
            (SwitchingBlock.ProcessesPipe, SwitchingBlock.ThreadsUsual, "Monitor.Wait switches several times for one hand-over"),
        ]);

    private static string Signal => OperatingSystem.IsWindows() ? "event" : "futex";

    /// <summary>
    /// Those of CPython. Who writes to a pipe lets go of the interpreter lock, and who releases a semaphore or a lock does not: there a
    /// thread that is woken waits for the interpreter lock as well, a process does not, and the switch is not all that differs.
    /// </summary>
    public static SwitchingLabels CPython(bool interpreterLock) => new(
        new Dictionary<string, string>
        {
            [SwitchingBlock.Tasks] = "tasks, asyncio",
            [SwitchingBlock.ThreadsUsual] = "threads, Lock",
            [SwitchingBlock.ThreadsMemory] = "threads, shared semaphore",
            [SwitchingBlock.ThreadsPipe] = "threads, pipe",
            [SwitchingBlock.ProcessesMemory] = "processes, shared semaphore",
            [SwitchingBlock.ProcessesPipe] = "processes, pipe",
            [SwitchingBlock.ProcessesUsual] = "processes, multiprocessing.Pipe",
        },
        interpreterLock ? [ByPipe] : [ByPipe, InMemory],
        [
            .. interpreterLock ? [(InMemory.Processes, InMemory.Threads, LockAsWell)] : ((string, string, string?)[])[],
            (SwitchingBlock.ProcessesUsual, SwitchingBlock.ThreadsUsual, interpreterLock ? LockAsWell : null),
        ]);
}
