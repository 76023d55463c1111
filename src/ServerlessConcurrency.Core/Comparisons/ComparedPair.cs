using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Comparisons;

internal sealed class ComparedPair
{
    /// <param name="before">The runs of the reference, valid or not; one or more.</param>
    /// <param name="after">The runs of the other, valid or not; one or more.</param>
    /// <param name="sameResults">Whether both ought to come to the same results.</param>
    public ComparedPair(ComparedKind kind, IEnumerable<RunResult> before, IEnumerable<RunResult> after, bool sameResults, long seed)
    {
        RunResult[] earlier = [.. before.Where(run => run.IsValid)];
        RunResult[] later = [.. after.Where(run => run.IsValid)];
        Kind = kind;
        Before = [.. earlier.Select(run => run.WallMs)];
        After = [.. later.Select(run => run.WallMs)];
        HasBoth = earlier.Length > 0 && later.Length > 0;
        if (!HasBoth)
            return;
        HasOtherResults = sameResults && earlier[0].Checksum != later[0].Checksum;
        Ratio = BootstrapInterval.OfRatio(After, Before, seed);
        PValue = MannWhitney.PValue(After, Before);
    }

    public ComparedKind Kind { get; }

    /// <summary>The wall times of the reference's valid runs, in ms.</summary>
    public double[] Before { get; }

    /// <summary>The wall times of the other's valid runs, in ms.</summary>
    public double[] After { get; }

    /// <summary>Whether both have a valid run; where not, there is nothing to compare.</summary>
    public bool HasBoth { get; }

    /// <summary>Whether the same tasks came to other results.</summary>
    public bool HasOtherResults { get; }

    /// <summary>The other's median by the reference's.</summary>
    public ConfidenceInterval Ratio { get; }

    /// <summary>The two-sided p-value, not corrected.</summary>
    public double PValue { get; } = 1;
}
