namespace ServerlessConcurrency.Validation;

/// <summary>A clock that goes on only when it is told to, in steps of 1 ns: what a run takes by it is known exactly.</summary>
internal sealed class PlantedClock : TimeProvider
{
    private long _nanoseconds;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Interlocked.Read(ref _nanoseconds);

    public void Advance(long nanoseconds) => Interlocked.Add(ref _nanoseconds, nanoseconds);
}
