namespace ServerlessConcurrency.Core.Tests.Engine;

/// <summary>A clock that goes on only when it is told to, in steps of 1 ns.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _nanoseconds;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Interlocked.Read(ref _nanoseconds);

    public void Advance(double milliseconds) => Interlocked.Add(ref _nanoseconds, (long)Math.Round(milliseconds * 1_000_000));
}
