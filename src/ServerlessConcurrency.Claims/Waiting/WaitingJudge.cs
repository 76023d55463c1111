using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>Draws figures, criteria and remarks from rounds of waiting.</summary>
internal sealed class WaitingJudge(IReadOnlyList<WaitingRound> rounds, WaitingPlan plan, WaitingJudge.Labels labels, long seed)
{
    /// <summary>As many switches as threads make, in percent.</summary>
    public const double SameSwitches = 100;

    /// <summary>The share of the sum of all waits, in percent, under which they overlap: at least ten wait at once all the time.</summary>
    public const double OverlapBound = 10;

    public ClaimEvidence Judge()
    {
        List<WaitingRound> loop = [.. Of(labels.Loop).Where(round => round.Tasks == plan.LoopTasks)];
        List<ClaimCriterion> criteria = [];
        if (SwitchRatios() is { Count: > 0 } ratios)
        {
            criteria.Add(ClaimCriterion.Below(
                $"switches on {labels.Loop} in percent of those of {labels.Threads}, for as many tasks",
                ClaimCriterion.Percent,
                BootstrapInterval.OfMedian(ratios, seed),
                SameSwitches).Saying(figure => $"The event loop switched {figure} as often as threads, for as many tasks."));
        }

        criteria.Add(CriterionSentence.Always(
            $"all tasks of {labels.Loop} run on one thread", "All tasks of the event loop ran on one thread", loop.Count(round => round.TaskThreads == 1), loop.Count));
        criteria.Add(ClaimCriterion.Below(
            $"the waits on {labels.Loop} overlap: the time of all in percent of their sum",
            ClaimCriterion.Percent,
            BootstrapInterval.OfMedian([.. loop.Select(ShareOfSum)], seed),
            OverlapBound).Saying(figure => $"All waits on the event loop together took {figure} of their sum."));
        return ClaimEvidence.Decide(criteria, [.. Figures()], [.. Remarks()]);
    }

    private double ShareOfSum(WaitingRound round) => 100 * round.Seconds * 1000 / ((double)round.Tasks * plan.WaitMs);

    private IEnumerable<WaitingRound> Of(string variant) => rounds.Where(round => round.Variant == variant);

    // Only for as many tasks: what a process switches in any case would be spread over 50 times as many tasks on the loop.
    private List<double> SwitchRatios() =>
    [
        .. from loop in Of(labels.Loop)
           join threads in Of(labels.Threads) on (loop.Round, loop.Tasks) equals (threads.Round, threads.Tasks)
           let ratio = 100 * (double?)loop.Switches / threads.Switches
           where ratio is not null && threads.Switches > 0
           select ratio.Value,
    ];

    private IEnumerable<ClaimFigure> Figures() =>
    [
        .. FiguresOf("context switches per task", "switches", round => (double?)round.Switches / round.Tasks),
        .. FiguresOf("threads that tasks went on with", "threads", round => round.TaskThreads),
        .. FiguresOf("tasks that waited at once", "tasks", round => round.WaitingAtOnce),
        .. FiguresOf("threads of the process when the last began", "threads", round => round.ProcessThreads),
        .. FiguresOf("time beyond the wait, per task", "us", round => ((round.Seconds * 1000) - plan.WaitMs) * 1000 / round.Tasks),
        .. FiguresOf("wall time", "ms", round => round.Seconds * 1000),
        .. FiguresOf("memory per task that waits", "KiB", round => round.GrownBytes / 1024.0 / round.WaitingAtOnce),
    ];

    private IEnumerable<ClaimFigure> FiguresOf(string chart, string unit, Func<WaitingRound, double?> figure) =>
        from round in rounds
        group figure(round) by (round.Variant, round.Tasks) into variant
        let values = variant.OfType<double>().ToList()
        where values.Count > 0
        select ClaimFigure.Of(
            chart,
            FormattableString.Invariant($"{variant.Key.Variant}, {variant.Key.Tasks:#,0} tasks"),
            unit,
            MedianInterval.Of(values));

    private IEnumerable<string> Remarks()
    {
        int threads = rounds.Where(round => round.Variant == labels.Threads).Min(round => round.Tasks);
        if (threads < plan.Threads)
            yield return $"{threads} threads instead of {plan.Threads}: this system does not allow more at once";
        else if (threads < plan.LoopTasks)
            yield return $"{threads} threads stand for {plan.LoopTasks}, whose start would take too long here: switches are compared with a loop of as many tasks, other figures are per task";
        if (rounds.All(round => round.Switches is null))
            yield return "context switches not counted: this system does not count them for a process";
        if (rounds.All(round => round.GrownBytes is null))
            yield return "memory not measured: only Linux tells the peak of a while";
    }

    /// <summary>What one side calls its variants.</summary>
    internal sealed record Labels(string Loop, string Threads)
    {
        public static Labels DotNet { get; } = new(EventLoopModel.ModelId, ThreadsModel.ModelId);

        public static Labels CPython { get; } = new("asyncio", "threading");
    }
}
