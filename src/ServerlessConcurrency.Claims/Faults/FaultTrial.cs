namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What became of tasks of which one failed in mid-run.</summary>
/// <param name="Kind">How it failed, in words.</param>
/// <param name="Others">How many other tasks were under way.</param>
/// <param name="OthersFinished">How many of them finished: once, at their first attempt, and with the right result.</param>
/// <param name="VictimLost">Whether the task that failed was lost.</param>
/// <param name="VictimRecovered">Whether it then succeeded on a fresh process.</param>
internal sealed record FaultTrial(string Kind, int Others, int OthersFinished, bool VictimLost, bool VictimRecovered)
{
    /// <summary>How long it took from the loss, as soon as it was noticed, until the task was begun again; null where it was not.</summary>
    public double? RecoverySeconds { get; init; }

    /// <summary>Whether no other task was disturbed.</summary>
    public bool OthersUntouched => OthersFinished == Others;

    /// <summary>Whether no task at all finished.</summary>
    public bool AllLost => OthersFinished == 0 && VictimLost && !VictimRecovered;
}
