using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>
/// C2: one of several threads of a process fails in mid-run. Holds where, in every trial, the tasks of all its threads are lost, while the
/// same tasks finish without a failure. For CPython it is judged by the failures that end a process: an exception that nothing catches
/// ends there only its thread, which is told as a figure and a remark.
/// </summary>
internal sealed class SharedFateClaim(FaultExperiment? experiment = null) : Claim
{
    private const string ThreadOnlyRemark =
        "an exception that nothing catches, RecursionError included, ends only its thread in CPython (threading.excepthook prints it), "
        + "and the other tasks finish: in .NET it ends the process; the verdict rests on the failures that end a process";

    private readonly FaultExperiment _experiment = experiment ?? FaultExperiment.OnThreads;

    public override string Id => "C2";

    public override string Statement => "Threads share their process's memory: a failure in one takes all down";

    internal override IReadOnlyList<ChildScene> Scenes => [new ThreadCrew.Scene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaultTrial> trials = await _experiment.RunAsync(context, cancellationToken);
        IReadOnlyList<FaultTrial> controls =
            await (_experiment with { Kinds = [FaultKind.Caught], FullTrials = 20 }).RunAsync(context, cancellationToken);
        return Judge(trials, controls, _ => true);
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaultTrial> trials = await _experiment.RunAsync(context, python, cancellationToken);
        return Judge(
            [.. trials.Where(trial => trial.Kind != PythonFault.Caught)],
            [.. trials.Where(trial => trial.Kind == PythonFault.Caught)],
            PythonFault.EndsProcess,
            ThreadOnlyRemark);
    }

    private static ClaimEvidence Judge(
        IReadOnlyList<FaultTrial> trials, IReadOnlyList<FaultTrial> controls, Func<string, bool> isJudged, params IReadOnlyList<string> remarks)
    {
        FaultTrial[] judged = [.. trials.Where(trial => isJudged(trial.Kind))];
        return ClaimEvidence.Decide(
            [
                CriterionSentence.Always(
                    "the tasks of all threads are lost with the one that fails", "The tasks of all threads were lost with the one that failed", judged.Count(trial => trial.AllLost), judged.Length),
                CriterionSentence.Always(
                    "the same tasks all finish where the failure is caught",
                    "Where the failure was caught, all tasks finished",
                    controls.Count(trial => trial.OthersUntouched && !trial.VictimLost),
                    controls.Count),
            ],
            [
                .. trials.Concat(controls).GroupBy(trial => trial.Kind).Select(kind => ClaimFigure.Of(
                    "other tasks lost with the one that fails",
                    kind.Key,
                    ClaimCriterion.Percent,
                    ClaimCriterion.ShareOf(kind.Sum(trial => trial.Others - trial.OthersFinished), kind.Sum(trial => trial.Others)))),
            ],
            remarks);
    }
}
