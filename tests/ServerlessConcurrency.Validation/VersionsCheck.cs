using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// Two versions measured in one experiment, with simulated times: the runs of the plan that a real experiment would follow are made one after another on
/// a machine whose load changes at any time, so that it may hit one version of a round alone. Times of equal runs differ by 5 %: 4 % of each run's
/// own, 3 % that a round has in common.
/// </summary>
internal sealed class VersionsCheck : Check
{
    private const int Rounds = 30;
    private const double Limit = 1.1;
    private const double Found = 0.9;

    private static readonly WorkloadCatalog Workloads = new(
        BuiltInWorkloads.Create(new WorkloadEnvironment()).SelectMany(workload => new[] { workload, new EarlierVersion(workload) }));

    private static readonly string[] Kinds = ["primes", "sha256", "matmul", "delay"];

    private static readonly string[] Models = ["sequential", "threads", "thread-pool", "async"];

    private static readonly SimulatedLoad[] Loads =
    [
        new("steady"),
        new("all of the 5 % each run's own") { Own = 0.05, Common = 0 },
        new("each round 10 % off") { Common = 0.1 },
        new("half as slow again by the end") { Drift = 0.5 },
        new("30 % slower for 20 runs at a time") { Slowdown = 1.3, Calm = 20, Busy = 20 },
        new("50 % slower for a run in 20") { Slowdown = 1.5, Calm = 20, Busy = 1 },
    ];

    public override string Name => "versions";

    public override string Subject => "two versions in one experiment, simulated times";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var outcomes = new List<Outcome>();
        foreach (SimulatedLoad load in Loads)
        {
            outcomes.AddRange(Judge(new Design(load, Size: 1, Trials: 1_000), seed));
            outcomes.AddRange(Judge(new Design(load, Size: 4, Trials: 400), seed));
            progress.Report(load.Name);
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static IEnumerable<Outcome> Judge(Design design, long seed)
    {
        Trial[] equal = Try(design, factor: 1, slower: 0, seed);
        Trial[] slower = Try(design, factor: 1.05, slower: design.Pairs, seed);
        Trial[] one = Try(design, factor: 1.05, slower: 1, seed);
        Trial[] limit = Try(design, factor: Limit, slower: design.Pairs, seed);
        Trial[] over = Try(design, factor: 1.2, slower: design.Pairs, seed);
        yield return Outcome.AtMost($"{design}, equal: experiments with a difference called", Decision.Level, equal.Count(trial => trial.Called > 0), design.Trials);
        yield return Outcome.AtLeast($"{design}, 5 % slower: experiments that find it", Found, slower.Count(trial => trial.Slower > 0), design.Trials);
        if (design.Pairs > 1)
        {
            yield return Outcome.Information($"{design}, 5 % slower: pairs called slower", slower.Sum(trial => trial.Slower), design.Trials * design.Pairs);
            yield return Outcome.Information($"{design}, one of them 5 % slower: called", one.Count(trial => trial.IsFirstSlower), design.Trials);
        }

        yield return Outcome.AtMost($"{design}, 5 % slower: experiments that fail --fail-above 1.10", Decision.Level, slower.Count(trial => trial.Fails), design.Trials);
        yield return Outcome.Information($"{design}, 10 % slower: experiments that fail --fail-above 1.10", limit.Count(trial => trial.Fails), design.Trials);
        yield return Outcome.AtLeast($"{design}, 20 % slower: experiments that fail --fail-above 1.10", Found, over.Count(trial => trial.Fails), design.Trials);
    }

    private static Trial[] Try(Design design, double factor, int slower, long seed)
    {
        var trials = new ConcurrentBag<Trial>();
        Parallel.For(0, design.Trials, trial => trials.Add(Trial.Of(VersionComparer.Compare(Experiment(design, factor, slower, seed + trial), Limit)!)));
        return [.. trials];
    }

    private static ExperimentDocument Experiment(Design design, double factor, int slower, long seed)
    {
        WorkloadSpec[] workloads = [.. Kinds[..design.Size].Select(kind => new WorkloadSpec(kind, 1, 1))];
        var spec = new ExperimentSpec
        {
            Workloads = [.. workloads, .. workloads.Select(workload => workload with { Kind = EarlierVersion.NameOf(workload.Kind) })],
            Models = Models[..design.Size],
            Rounds = Rounds,
            Seed = seed,
        };
        (string, string)[] slow = [.. workloads.SelectMany(_ => spec.Models, (workload, model) => (workload.Kind, model)).Take(slower)];
        var plan = new ExperimentPlan(spec, Workloads, [.. KnownModels.All], processors: 2);
        var random = new Random((int)(seed * 7_919 & int.MaxValue));
        var machine = new SimulatedMachine(design.Load, random);
        return new ExperimentDocument
        {
            Id = "20260131-093000-test",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = spec,
            Environment = new EnvironmentInfo("", "", 2, "", ""),
            Progress = new ExperimentProgress(0, 0, null),
            Runs =
            [
                .. from round in Enumerable.Range(1, Rounds)
                   let speed = SimulatedRun.Noise(random, design.Load.Common) * (1 + (design.Load.Drift * round / Rounds))
                   from run in plan.MeasuredRound(round)
                   let work = SimulatedRun.Noise(random, design.Load.Own) * (slow.Contains((run.Workload.Kind, run.Model)) ? factor : 1)
                   select SimulatedRun.Of(run.Model, round, machine.Run(speed * work)) with { Workload = run.Workload.Kind },
            ],
        };
    }

    private sealed record Design(SimulatedLoad Load, int Size, int Trials)
    {
        public int Pairs => Size * Size;

        public override string ToString() => FormattableString.Invariant($"{Load.Name}, {Pairs} {(Pairs == 1 ? "pair" : "pairs")}");
    }

    private sealed record Trial(int Called, int Slower, bool IsFirstSlower, bool Fails)
    {
        public static Trial Of(VersionComparison comparison) => new(
            comparison.Runs.Count(runs => runs.Verdict is Verdict.Faster or Verdict.Slower),
            comparison.Runs.Count(runs => runs.Verdict == Verdict.Slower),
            comparison.Runs[0].Verdict == Verdict.Slower,
            comparison.HasRegression);
    }
}
