using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Draws with replacement: the same draws for the same seed on every platform and in every version of .NET.</summary>
internal sealed class SeededSampling(long seed)
{
    private ulong _state = Checksum.Mix((ulong)seed);

    /// <param name="count">How many there are, 1 or more.</param>
    public int Next(int count)
    {
        _state = Checksum.Mix(_state);
        return (int)(_state % (ulong)count);
    }

    public void Draw(ReadOnlySpan<double> sample, Span<double> drawn)
    {
        for (int index = 0; index < drawn.Length; index++)
            drawn[index] = sample[Next(sample.Length)];
    }
}
