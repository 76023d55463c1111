namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>A question about speed, answered by measuring something beside a reference in the same minutes.</summary>
public abstract class Benchmark
{
    /// <summary>The name by which it is chosen on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="rounds">How many rounds, each with every variant once.</param>
    /// <returns>One row for each figure.</returns>
    public abstract Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds);
}
