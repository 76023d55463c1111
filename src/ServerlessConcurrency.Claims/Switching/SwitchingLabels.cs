namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How one side calls what was measured on both, and what stands there for the ways of threads and of processes.</summary>
internal sealed record SwitchingLabels(
    IReadOnlyDictionary<string, string> Kinds,
    IReadOnlyList<(string Processes, string Threads)> Judged,
    IReadOnlyList<(string Processes, string Threads, string? Reason)> Shown)
{
    private const string LockAsWell = "a thread that is woken has to wait for the interpreter lock as well";

    private static readonly (string Processes, string Threads) ByPipe = (SwitchingKinds.ProcessesPipe, SwitchingKinds.ThreadsPipe);
    private static readonly (string Processes, string Threads) InMemory = (SwitchingKinds.ProcessesMemory, SwitchingKinds.ThreadsMemory);

    /// <summary>Those of .NET.</summary>
    public static SwitchingLabels DotNet { get; } = new(
        new Dictionary<string, string>
        {
            [SwitchingKinds.Tasks] = "tasks, event loop",
            [SwitchingKinds.ThreadsUsual] = "threads, Monitor",
            [SwitchingKinds.ThreadsMemory] = $"threads, {Signal}",
            [SwitchingKinds.ThreadsPipe] = "threads, pipe",
            [SwitchingKinds.ProcessesMemory] = $"processes, {Signal}",
            [SwitchingKinds.ProcessesPipe] = "processes, pipe",
        },
        [ByPipe, InMemory],
        [
            (SwitchingKinds.ProcessesPipe, SwitchingKinds.ThreadsMemory, null),
            (SwitchingKinds.ProcessesPipe, SwitchingKinds.ThreadsUsual, "Monitor.Wait switches several times for one hand-over"),
        ]);

    private static string Signal => OperatingSystem.IsWindows() ? "event" : "futex";

    /// <summary>
    /// Those of CPython. Who writes to a pipe lets go of the interpreter lock, and who releases a semaphore or a lock does not: there a
    /// thread that is woken waits for the interpreter lock as well, a process does not, and the switch is not all that differs.
    /// </summary>
    public static SwitchingLabels CPython(bool interpreterLock) => new(
        new Dictionary<string, string>
        {
            [SwitchingKinds.Tasks] = "tasks, asyncio",
            [SwitchingKinds.ThreadsUsual] = "threads, Lock",
            [SwitchingKinds.ThreadsMemory] = "threads, shared semaphore",
            [SwitchingKinds.ThreadsPipe] = "threads, pipe",
            [SwitchingKinds.ProcessesMemory] = "processes, shared semaphore",
            [SwitchingKinds.ProcessesPipe] = "processes, pipe",
            [SwitchingKinds.ProcessesUsual] = "processes, multiprocessing.Pipe",
        },
        interpreterLock ? [ByPipe] : [ByPipe, InMemory],
        [
            .. interpreterLock ? [(InMemory.Processes, InMemory.Threads, LockAsWell)] : ((string, string, string?)[])[],
            (SwitchingKinds.ProcessesUsual, SwitchingKinds.ThreadsUsual, interpreterLock ? LockAsWell : null),
        ]);
}
