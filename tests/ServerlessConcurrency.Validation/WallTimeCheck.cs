using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// The wall time that is reported for a run, beside the clock of the calendar around the same run, under every model of the local
/// engine: for short runs at both ends of every repetition, for long ones outside the runner.
/// </summary>
internal sealed class WallTimeCheck : Check
{
    private const double Bound = 0.03;

    public override string Name => "wall-time";

    public override string Subject => "another clock around the same run";

    /// <summary>What queue workers serve, for the program's hidden command.</summary>
    public static QueueWorkerRole WorkerRole() => new(environment => new StorageQueueBackend(StorageAccount.Parse(environment.StorageConnection!)));

    public override async Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-validation-");
        try
        {
            await using StorageConnection storage = await StorageConnection.OpenAsync(
                "auto", workingFolder: folder.FullName, log: progress);
            return await RunAsync(seed, storage.Account, folder.FullName, progress);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Outcome>> RunAsync(long seed, StorageAccount account, string folder, IProgress<string> progress)
    {
        var environment = new WorkloadEnvironment { FileFolder = folder, StorageConnection = account.Connection };
        WorkerLaunch launch = WorkerLaunch.Self();
        progress.Report("at both ends of every execution");
        IReadOnlyList<Outcome> executions = await AroundExecutionsAsync(
            seed, environment, [.. BuiltInModels.Create(), Processes(), new QueueModel(new StorageQueueBackend(account), launch, environment)]);
        progress.Report("around whole runs");
        Outcome warm = await AroundRunsAsync(
            "repeated",
            environment,
            [.. BuiltInModels.Create(), Processes()],
            new ExperimentSpec
            {
                Workloads = [new WorkloadSpec("primes", 200_000, 16), new WorkloadSpec("delay", 60, 16)],
                Models = [],
                Rounds = 2,
                Seed = seed,
                // Long, so that what is done before and between the repetitions is little beside them.
                MinRunMs = 3_000,
            });
        progress.Report("around whole runs with fresh processes");
        Outcome cold = await AroundRunsAsync(
            "cold",
            environment,
            [new IsolatedModel(new SequentialModel(), new IsolatedProcess(launch, environment)), new IsolatedModel(new ThreadsModel(), new IsolatedProcess(launch, environment)), Processes()],
            new ExperimentSpec
            {
                Workloads = [new WorkloadSpec("delay", 1_000, 12)],
                Models = [],
                Degree = 2,
                Rounds = 2,
                WarmupRounds = 0,
                Seed = seed,
                ColdStart = true,
            });
        return [.. executions, warm, cold];

        ProcessesModel Processes() => new(launch, environment);
    }

    /// <summary>Short runs, repeated: the sums of what the other clock says of each repetition.</summary>
    private static async Task<IReadOnlyList<Outcome>> AroundExecutionsAsync(long seed, WorkloadEnvironment environment, ConcurrencyModel[] models)
    {
        ClockedModel[] clocked = [.. models.Select(model => new ClockedModel(model))];
        await using var laboratory = new Laboratory(clocked, EveryWorkload.Create(environment));
        var spec = new ExperimentSpec
        {
            Workloads = [new WorkloadSpec("primes", 10_000, 16), new WorkloadSpec("primes", 100_000, 32), new WorkloadSpec("delay", 20, 16)],
            Models = [.. models.Select(model => model.Id)],
            Rounds = 5,
            Seed = seed,
        };
        IReadOnlyList<RunResult> runs = await laboratory.RunAsync(spec);
        Dictionary<RunResult, TimeSpan> totals = runs.ToDictionary(run => run, run => clocked.Single(model => model.Id == run.Model).TotalOf(run));
        RunResult[] repeatable = [.. runs.Where(run => clocked.Single(model => model.Id == run.Model).CanRepeat)];
        int enough = repeatable.Count(run => run.Repeats == 1_000 || totals[run].TotalMilliseconds >= (1 - Bound) * spec.MinRunMs);
        return
        [
            Agreement(
                FormattableString.Invariant(
                    $"clock at both ends of each of {runs.Sum(run => run.Repeats):N0} executions, {runs.Count} runs of {models.Length} models"),
                runs.Select(run => (run, totals[run]))),
            Outcome.AtLeast(
                FormattableString.Invariant($"these runs, but for queue: {spec.MinRunMs} ms or 1,000 repetitions by that clock"), 1, enough, repeatable.Length),
        ];
    }

    /// <summary>Long runs: what the other clock says from before a run is prepared until after it has been summed up.</summary>
    private static async Task<Outcome> AroundRunsAsync(
        string what, WorkloadEnvironment environment, ConcurrencyModel[] models, ExperimentSpec spec)
    {
        var watch = new RunWatch();
        await using var laboratory = new Laboratory(models, EveryWorkload.Create(environment));
        IReadOnlyList<RunResult> runs = await laboratory.RunAsync(spec with { Models = [.. models.Select(model => model.Id)] }, watch);
        // Where runs are repeated, the first round has the pilot stage beside what it measures.
        (RunResult Run, TimeSpan Total)[] seen =
            [.. runs.Zip(watch.Times.TakeLast(runs.Count)).Where(entry => spec.ColdStart || entry.First.Round > 1)];
        return Agreement(
            FormattableString.Invariant(
                $"clock around {seen.Length} whole {what} runs of {models.Length} models, {seen.Sum(entry => entry.Run.Repeats):N0} executions"),
            seen);
    }

    private static Outcome Agreement(string what, IEnumerable<(RunResult Run, TimeSpan Total)> runs)
    {
        double worst = runs.Max(entry => Math.Abs((entry.Total.TotalMilliseconds / (entry.Run.Repeats * entry.Run.WallMs)) - 1));
        return new Outcome(
            $"{what}: largest deviation",
            FormattableString.Invariant($"at most {Bound:0%}"),
            FormattableString.Invariant($"{worst:0.00%}"),
            worst <= Bound);
    }
}
