namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How one side calls what was measured on both, and what stands there for the ways of threads and of processes.</summary>
/// <param name="Kinds">The names of kinds in charts, in their order.</param>
/// <param name="ThreadsInMemory">The kind of threads that hand over the token in memory by the least that the side offers.</param>
/// <param name="ProcessesByPipe">The kind of processes that use a pipe as the side's programs do.</param>
/// <param name="DearThreads">Pairs of kinds in which the threads may take longer for a reason that is known.</param>
internal sealed record SwitchingLabels(
    IReadOnlyDictionary<string, string> Kinds,
    string ThreadsInMemory,
    string ProcessesByPipe,
    IReadOnlyList<(string Processes, string Threads, string Reason)> DearThreads)
{
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
        SwitchingKinds.ThreadsMemory,
        SwitchingKinds.ProcessesPipe,
        [(SwitchingKinds.ProcessesPipe, SwitchingKinds.ThreadsUsual, "Monitor.Wait switches several times for one hand-over")]);

    private static string Signal => OperatingSystem.IsWindows() ? "event" : "futex";

    /// <summary>Those of CPython.</summary>
    /// <param name="interpreterLock">Whether the global interpreter lock is in force.</param>
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
        SwitchingKinds.ThreadsUsual,
        SwitchingKinds.ProcessesUsual,
        interpreterLock
            ? [(SwitchingKinds.ProcessesMemory, SwitchingKinds.ThreadsMemory, "a thread that is woken has to wait for the interpreter lock as well")]
            : []);
}
