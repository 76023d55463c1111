using FsCheck.Xunit;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class HolmCorrectionTests
{
    [Fact]
    // Sorted: 0.01 x 4, 0.013 x 3 made monotone, 0.03 x 2, 0.04 x 1 made monotone.
    public void Each_is_multiplied_by_the_comparisons_left() => AssertClose(
        [0.06, 0.04, 0.06, 0.04], HolmCorrection.Adjust([0.03, 0.01, 0.04, 0.013]));

    [Fact]
    public void None_exceeds_one() => AssertClose([1, 1], HolmCorrection.Adjust([0.6, 0.9]));

    [Fact]
    public void One_comparison_needs_no_correction() => AssertClose([0.04], HolmCorrection.Adjust([0.04]));

    [Property]
    public bool It_keeps_the_order_and_lies_between_the_p_value_and_Bonferronis(double[] values)
    {
        double[] pValues = [.. values.Select(value => double.IsFinite(value) ? Math.Abs(value % 1) : 0)];
        double[] adjusted = HolmCorrection.Adjust(pValues);
        return Enumerable.Range(0, pValues.Length).All(index =>
            adjusted[index] >= pValues[index]
            && adjusted[index] <= Math.Min(1, pValues[index] * pValues.Length) + 1e-12
            && Enumerable.Range(0, pValues.Length).All(other => pValues[index] > pValues[other] || adjusted[index] <= adjusted[other]));
    }

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-12));
}
