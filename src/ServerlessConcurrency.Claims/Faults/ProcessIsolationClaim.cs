using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>
/// C1: one of several worker processes crashes in mid-run. Holds where, in every trial, all other tasks finish as if nothing had
/// happened, and the lost one succeeds on a fresh process.
/// </summary>
internal sealed class ProcessIsolationClaim(FaultExperiment? experiment = null) : Claim
{
    private const string PoolRemark =
        "concurrent.futures.ProcessPoolExecutor gives up all pending tasks when one of its processes dies (BrokenProcessPool): "
        + "here each task has a multiprocessing.Process and a pipe of its own";

    private readonly FaultExperiment _experiment = experiment ?? FaultExperiment.OnProcesses;

    public override string Id => "C1";

    public override string Statement => "A process has its own address space: a fault in one does not disturb the others";

    internal override IReadOnlyList<ChildScene> Scenes => [new ProcessCrew.Scene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) =>
        Judge(await _experiment.RunAsync(context, cancellationToken));

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        Judge(await _experiment.RunAsync(context, python, cancellationToken), PoolRemark);

    private static ClaimEvidence Judge(IReadOnlyList<FaultTrial> trials, params IReadOnlyList<string> remarks) => ClaimEvidence.Decide(
        [
            CriterionSentence.Always(
                "all other tasks finish, once, at their first attempt and with the right result",
                "All other tasks finished at their first attempt and with the right result",
                trials.Count(trial => trial.OthersUntouched),
                trials.Count),
            CriterionSentence.Always(
                "the task of the crashed process is lost, and then succeeds on a fresh process",
                "The task of the crashed process was lost, and then succeeded on a fresh process,",
                trials.Count(trial => trial.VictimLost && trial.VictimRecovered),
                trials.Count),
        ],
        [.. FiguresOf(trials)],
        remarks);

    private static IEnumerable<ClaimFigure> FiguresOf(IReadOnlyList<FaultTrial> trials)
    {
        foreach (IGrouping<string, FaultTrial> kind in trials.GroupBy(trial => trial.Kind))
        {
            ConfidenceInterval share = ClaimCriterion.ShareOf(kind.Sum(trial => trial.OthersFinished), kind.Sum(trial => trial.Others));
            yield return ClaimFigure.Of("other tasks that finished", kind.Key, ClaimCriterion.Percent, share);
        }

        double[] recoveries = [.. trials.Where(trial => trial.RecoverySeconds is not null).Select(trial => 1_000 * trial.RecoverySeconds!.Value)];
        if (recoveries.Length > 0)
        {
            yield return ClaimFigure.Of(
                "from the loss of a process until its task begins anew", "fresh process", "ms", MedianInterval.Of(recoveries));
        }
    }
}
