namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A block of round trips of the token. Who hands it to whom, and by what means, is called the same in .NET and in the script.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Pinned">Whether both players kept to one processor.</param>
/// <param name="Round">The round, in which a kind has one block at most.</param>
/// <param name="Nanoseconds">The time of a round trip.</param>
/// <param name="Voluntary">How often a player stopped to wait, per round trip; null where that is not counted.</param>
/// <param name="Involuntary">How often a player was stopped for another, per round trip; null where that is not counted.</param>
internal sealed record SwitchingBlock(string Kind, bool Pinned, int Round, double Nanoseconds, double? Voluntary, double? Involuntary)
{
    /// <summary>Two tasks on one thread.</summary>
    public const string Tasks = "tasks";

    /// <summary>Two threads with their state in memory, by what threads of the runtime usually block on.</summary>
    public const string ThreadsUsual = "threads-usual";

    public const string ThreadsPipe = "threads-pipe";
    public const string ProcessesPipe = "processes-pipe";

    /// <summary>Two threads over a signal in shared memory.</summary>
    public const string ThreadsMemory = "threads-memory";
    public const string ProcessesMemory = "processes-memory";

    /// <summary>Two processes, by what processes usually talk over, where that is more than the bare pipe.</summary>
    public const string ProcessesUsual = "processes-usual";
}
