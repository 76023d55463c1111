using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>
/// C10: threads, and processes, increment a shared counter. Holds where increments are lost without a lock, and with none of the locks.
/// </summary>
internal sealed class SharedCounterClaim(CounterExperiment? experiment = null) : Claim
{
    /// <summary>A way of CPython that has no lock and is not judged: the interpreter may or may not interrupt it.</summary>
    public const string PlainAddition = "no lock, x += 1";

    private const string AdditionRemark =
        "x += 1 is three steps that nothing protects, but CPython 3.10 and later hand over the interpreter lock only at calls and at jumps "
        + "backwards, none of which is among them: it is drawn and not judged. What is judged calls a function between reading and writing";

    private const string BodyRemark =
        "an increment reads, divides by one, adds and writes, with a lock and without, so that a time slice is likely to end in between; "
        + "Interlocked is one instruction instead, and may cost less than the unprotected increment";

    private readonly CounterExperiment _experiment = experiment ?? new CounterExperiment();

    public override string Id => "C10";

    public override string Statement => "Shared resources need locks and semaphores, or races corrupt them";

    internal override IReadOnlyList<ChildScene> Scenes => [new CounterProcesses.Scene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) =>
        Judge(context, await _experiment.RunAsync(context, cancellationToken), BodyRemark);

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        Judge(context, await _experiment.RunAsync(context, python, cancellationToken), AdditionRemark);

    internal static ClaimEvidence Judge(ClaimContext context, IReadOnlyList<CounterTrial> trials, params IReadOnlyList<string> remarks)
    {
        List<IGrouping<(string Scope, string Way), CounterTrial>> together =
            [.. trials.Where(trial => trial.Workers > 1).GroupBy(trial => (trial.Scope, trial.Way))];
        var judged = together.Where(group => group.Key.Way != PlainAddition).ToList();
        return ClaimEvidence.Decide(
            [
                .. judged.Where(IsUnprotected).Select(group => ClaimCriterion.Sometimes(
                    $"{group.Key.Scope} without a lock lose increments", group.Count(trial => trial.HasLost), group.Count())
                    .Saying(_ => $"{Capital.Of(group.Key.Scope)} without a lock lost increments in {CriterionSentence.Share(group.Count(trial => trial.HasLost), group.Count())} trials.")),
                .. judged.Where(group => !IsUnprotected(group)).Select(group => CriterionSentence.Always(
                    $"{group.Key.Scope} with {group.Key.Way} lose none", $"{Capital.Of(group.Key.Scope)} with {group.Key.Way} lost no increment", group.Count(trial => !trial.HasLost), group.Count())),
            ],
            [
                .. together.Select(group => ClaimFigure.Of(
                    $"increments lost, {DescribeCrew(group)}",
                    group.Key.Way,
                    ClaimCriterion.Percent,
                    MedianInterval.Of(group.Select(trial => trial.LostPercent)))),
                .. CostsOf(context, trials),
            ],
            remarks);
    }

    private static bool IsUnprotected(IGrouping<(string Scope, string Way), CounterTrial> group) => group.Key.Way == CounterTrial.NoLock;

    private static IEnumerable<ClaimFigure> CostsOf(ClaimContext context, IReadOnlyList<CounterTrial> trials)
    {
        foreach (var crew in trials.GroupBy(trial => (trial.Scope, trial.Workers)))
        {
            string who = DescribeCrew(crew);
            List<IGrouping<string, CounterTrial>> ways = [.. crew.GroupBy(trial => trial.Way)];
            foreach (IGrouping<string, CounterTrial> way in ways)
                yield return ClaimFigure.Of(
                    $"cost of an increment, {who}", way.Key, "ns", MedianInterval.Of(way.Select(trial => trial.NanosecondsEach)));

            // Of each round, as the machine may be slow for a while.
            IGrouping<string, CounterTrial> free = ways.Single(way => way.Key == CounterTrial.NoLock);
            foreach (IGrouping<string, CounterTrial> way in ways.Where(way => way.Key != CounterTrial.NoLock))
            {
                double[] ratios = [.. way.Zip(free, (locked, unlocked) => locked.NanosecondsEach / unlocked.NanosecondsEach)];
                yield return ClaimFigure.Of(
                    $"cost over that without a lock, {who}", way.Key, "times", BootstrapInterval.OfMedian(ratios, context.Seed));
            }
        }
    }

    private static string DescribeCrew(IEnumerable<CounterTrial> trials)
    {
        CounterTrial first = trials.First();
        return first.Workers > 1 ? $"{first.Workers} {first.Scope} at once"
            : first.Scope == CounterTrial.Threads ? "one thread alone"
            : "one process alone";
    }
}
