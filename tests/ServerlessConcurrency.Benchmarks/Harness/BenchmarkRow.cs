namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>A figure beside its reference and its target.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">The median over the rounds; null: not measured.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Reference">What it is compared with; empty: with nothing.</param>
/// <param name="ReferenceFigure">The reference's median; null: none, or not measured.</param>
/// <param name="Ratio">The median over the rounds of the ratio within a round; null: none.</param>
/// <param name="Target">What is to be reached.</param>
/// <param name="Reached">Whether it is; null: not measured.</param>
public sealed record BenchmarkRow(
    string What,
    double? Figure,
    string Unit,
    string Reference,
    double? ReferenceFigure,
    double? Ratio,
    string Target,
    bool? Reached);
