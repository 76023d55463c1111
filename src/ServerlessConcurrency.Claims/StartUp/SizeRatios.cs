using System.Globalization;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.StartUp;

/// <summary>How many times as fast as another way one way is, by the size of a task.</summary>
/// <param name="BySize">By ascending size, the ratio of each round; above 1 the way is faster.</param>
internal sealed record SizeRatios(string Way, string Reference, IReadOnlyList<(long Size, double[] Ratios)> BySize, long Seed)
{
    private const string Chart = "speed-up over size of a task";
    private const string Unit = "times";

    /// <summary>It is slower for the smallest tasks.</summary>
    public ClaimCriterion IsSlowerAtFirst => ClaimCriterion.Below(
        $"{Way} over {Reference}, tasks of size {Number(BySize[0].Size)}", Unit, At(0), 1).Saying(figure => Sentence(0, figure));

    /// <summary>It is faster for the largest tasks.</summary>
    public ClaimCriterion IsFasterInTheEnd => ClaimCriterion.Above(
        $"{Way} over {Reference}, tasks of size {Number(BySize[^1].Size)}", Unit, At(BySize.Count - 1), 1).Saying(figure => Sentence(BySize.Count - 1, figure));

    public IEnumerable<ClaimFigure> Figures => BySize.Select(
        (point, index) => ClaimFigure.Of(Chart, $"{Way} over {Reference}", Unit, At(index), point.Size, axis: "size of a task"));

    /// <summary>From which size on it is faster, as a sentence.</summary>
    public string BreakEvenRemark
    {
        get
        {
            BreakEven found = BreakEvenFinder.Find(
                Sha256Workload.WorkloadKind,
                size: null,
                Way,
                Reference,
                [.. BySize.Select(point => (point.Size, (double[])[.. point.Ratios.Select(ratio => Math.Log(ratio))]))],
                Resampling.For(Seed, Way, Reference));
            return found.Outcome switch
            {
                BreakEvenOutcome.FasterFrom =>
                    $"{Way} beat {Reference} from size {Number(found.Value!.Value)} on (95 % interval {Number(found.Low!.Value)} to {Number(found.High!.Value)})",
                BreakEvenOutcome.AlwaysFaster => $"{Way} beat {Reference} at every measured size",
                BreakEvenOutcome.NeverFaster => $"{Way} beat {Reference} at no measured size, up to {Number(BySize[^1].Size)}",
                BreakEvenOutcome.FasterUpTo => $"{Way} beat {Reference} only up to size {Number(found.Value!.Value)}",
                _ => $"from which size on {Way} beat {Reference} is not decided: {found.Reason}",
            };
        }
    }

    private string Sentence(int index, string figure) => $"With tasks of size {Number(BySize[index].Size)}, {Way} ran {figure} as fast as {Reference}.";

    private ConfidenceInterval At(int index) => BootstrapInterval.OfMedian(BySize[index].Ratios, Seed);

    private static string Number(double value) => value.ToString(value < 100 ? "0.#" : "#,##0", CultureInfo.InvariantCulture);
}
