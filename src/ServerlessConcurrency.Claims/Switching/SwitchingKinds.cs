namespace ServerlessConcurrency.Claims.Switching;

/// <summary>Who hands the token to whom, and by what means; the same names in .NET and in the script.</summary>
internal static class SwitchingKinds
{
    /// <summary>Two tasks on one thread.</summary>
    public const string Tasks = "tasks";

    /// <summary>Two threads with their state in memory, by what threads of the runtime usually block on.</summary>
    public const string ThreadsUsual = "threads-usual";

    /// <summary>Two threads over anonymous pipes.</summary>
    public const string ThreadsPipe = "threads-pipe";

    /// <summary>Two processes over anonymous pipes.</summary>
    public const string ProcessesPipe = "processes-pipe";

    /// <summary>Two threads over a signal in shared memory.</summary>
    public const string ThreadsMemory = "threads-memory";

    /// <summary>Two processes over a signal in shared memory.</summary>
    public const string ProcessesMemory = "processes-memory";

    /// <summary>Two processes, by what processes usually talk over, where that is more than the bare pipe.</summary>
    public const string ProcessesUsual = "processes-usual";
}
