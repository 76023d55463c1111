using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>Draws figures, criteria and remarks from blocks of round trips.</summary>
internal sealed class SwitchingJudge(IReadOnlyList<SwitchingBlock> blocks, SwitchingLabels labels, long seed)
{
    /// <summary>Up to this ratio there is no difference, as in every comparison of models.</summary>
    public const double SameCost = 1 + Decision.EquivalenceMargin;

    private readonly bool _pinned = blocks.Any(block => block.Pinned);

    // One processor first.
    private IEnumerable<bool> Places => blocks.Select(block => block.Pinned).Distinct().OrderDescending();

    /// <summary>Decides by the blocks on one processor, or by those on any where the system cannot pin.</summary>
    public ClaimEvidence Judge() => ClaimEvidence.Decide(
        [.. labels.Judged.Where(IsMeasured).Select(pair => TakesLonger(pair.Processes, pair.Threads))],
        [.. Times(), .. Ratios(), .. Switches()],
        [.. Remarks()]);

    private static string Where(bool pinned) => pinned ? "on one processor" : "on any processor";

    private ClaimCriterion TakesLonger(string kind, string reference) => ClaimCriterion.Above(
        $"a round trip takes longer between {Quote(kind)} than between {Quote(reference)}, {Where(_pinned)}",
        "times",
        Ratio(kind, reference, _pinned),
        SameCost).Saying(figure => FormattableString.Invariant(
            $"A round trip took {figure} as long between {Quote(kind)} as between {Quote(reference)}, {Where(_pinned)}; up to {SameCost:0.00} counts as no difference, as in run."));

    // "threads, pipe" becomes "threads (pipe)", which reads on within a sentence.
    private string Quote(string kind) => labels.Kinds[kind].Replace(", ", " (", StringComparison.Ordinal) + ")";

    private bool IsMeasured((string Processes, string Threads) pair) => Has(pair.Processes) && Has(pair.Threads);

    private bool Has(string kind) => blocks.Any(block => block.Kind == kind);

    private IEnumerable<SwitchingBlock> Of(string kind, bool pinned) =>
        blocks.Where(block => block.Kind == kind && block.Pinned == pinned);

    private ConfidenceInterval Ratio(string kind, string reference, bool pinned) => BootstrapInterval.OfMedian(
        [
            .. from block in Of(kind, pinned)
               join other in Of(reference, pinned) on block.Round equals other.Round
               select block.Nanoseconds / other.Nanoseconds,
        ],
        seed);

    private IEnumerable<(string Kind, string Label, bool Pinned)> Measured() =>
        from pinned in Places
        from kind in labels.Kinds
        where Has(kind.Key)
        select (kind.Key, kind.Value, pinned);

    private IEnumerable<ClaimFigure> Times() => Measured().Select(kind => ClaimFigure.Of(
        $"round trip {Where(kind.Pinned)}",
        kind.Label,
        "ns",
        MedianInterval.Of(Of(kind.Kind, kind.Pinned).Select(block => block.Nanoseconds))));

    private IEnumerable<(string Processes, string Threads, string? Reason, bool Pinned, ConfidenceInterval Ratio)> AllRatios() =>
        from pinned in Places
        from pair in labels.Judged.Select(pair => (pair.Processes, pair.Threads, Reason: (string?)null)).Concat(labels.Shown)
        where IsMeasured((pair.Processes, pair.Threads))
        select (pair.Processes, pair.Threads, pair.Reason, pinned, Ratio(pair.Processes, pair.Threads, pinned));

    private IEnumerable<ClaimFigure> Ratios() => AllRatios().Select(pair => ClaimFigure.Of(
        $"time of processes over time of threads {Where(pair.Pinned)}",
        $"{Quote(pair.Processes)} over {Quote(pair.Threads)}",
        "times",
        pair.Ratio,
        bound: pair.Pinned == _pinned && labels.Judged.Contains((pair.Processes, pair.Threads)) ? SameCost : null));

    private IEnumerable<ClaimFigure> Switches() =>
        from kind in Measured()
        let counted = Of(kind.Kind, kind.Pinned).Where(block => block.Voluntary is not null).ToList()
        where counted.Count > 0
        from figure in new[]
        {
            Switched("voluntary", kind, counted.Select(block => block.Voluntary!.Value)),
            Switched("involuntary", kind, counted.Select(block => block.Involuntary!.Value)),
        }
        select figure;

    private static ClaimFigure Switched(string sort, (string Kind, string Label, bool Pinned) kind, IEnumerable<double> counts) =>
        ClaimFigure.Of($"{sort} switches per round trip {Where(kind.Pinned)}", kind.Label, "switches", MedianInterval.Of(counts));

    private IEnumerable<string> Remarks()
    {
        if (!_pinned)
            yield return "not pinned to one processor: this system does not let a program choose its processors; judged on any processor";
        if (!Has(SwitchingBlock.ProcessesMemory))
            yield return "not over shared memory: no signal that processes can block on there is to be had on this system";
        if (blocks.All(block => block.Voluntary is null))
            yield return "context switches not counted: this system does not count them for a thread";
        foreach ((string processes, string threads, string? reason, bool pinned, ConfidenceInterval ratio) in AllRatios())
        {
            bool decides = pinned == _pinned && labels.Judged.Contains((processes, threads));
            if (decides || ratio.High >= 1)
                continue;
            string because = reason ?? (pinned == _pinned ? "not by the same means" : "there the wake-up of an idle processor dominates");
            yield return FormattableString.Invariant(
                $"{Quote(processes)} took {ratio.Estimate:0.00} times as long as {Quote(threads)} {Where(pinned)}, which is less and no condition: {because}");
        }
    }
}
