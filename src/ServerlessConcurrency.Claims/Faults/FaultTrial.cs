namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What became of tasks of which one failed in mid-run.</summary>
internal sealed record FaultTrial(string Kind, int Others, int OthersFinished, bool VictimLost, bool VictimRecovered)
{
    /// <summary>How long it took from the loss, as soon as it was noticed, until the task was begun again; null where it was not.</summary>
    public double? RecoverySeconds { get; init; }

    /// <summary>Whether no other task was disturbed.</summary>
    public bool OthersUntouched => OthersFinished == Others;

    /// <summary>Whether no task at all finished.</summary>
    public bool AllLost => OthersFinished == 0 && VictimLost && !VictimRecovered;
}
