namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What became of tasks of which one failed in mid-run.</summary>
internal sealed record FaultTrial(string Kind, int Others, int OthersFinished, bool VictimLost, bool VictimRecovered)
{
    /// <summary>How long it took from the loss, as soon as it was noticed, until the task was begun again; null where it was not.</summary>
    public double? RecoverySeconds { get; init; }

    public bool OthersUntouched => OthersFinished == Others;

    public bool AllLost => OthersFinished == 0 && VictimLost && !VictimRecovered;
}
