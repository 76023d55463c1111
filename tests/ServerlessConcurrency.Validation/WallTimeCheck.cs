using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;

namespace ServerlessConcurrency.Validation;

/// <summary>The wall time that is reported for a run, beside another clock around the same run, under every model of the local engine.</summary>
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
            return await RunAsync(seed, storage.Account, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Outcome>> RunAsync(long seed, StorageAccount account, string folder)
    {
        var environment = new WorkloadEnvironment { FileFolder = folder, StorageConnection = account.Connection };
        WorkerLaunch launch = WorkerLaunch.Self();
        var times = new ConcurrentDictionary<string, TimeSpan>();
        ConcurrencyModel[] models =
        [
            .. BuiltInModels.Create(),
            new ProcessesModel(launch, environment),
            new QueueModel(new StorageQueueBackend(account), launch, environment),
        ];
        await using var laboratory = new Laboratory(models.Select(model => new ClockedModel(model, times)), EveryWorkload.Create(environment));
        IReadOnlyList<RunResult> runs = await laboratory.RunAsync(new ExperimentSpec
        {
            Workloads = [new WorkloadSpec("primes", 100_000, 32), new WorkloadSpec("delay", 20, 16)],
            Models = [.. models.Select(model => model.Id)],
            Rounds = 5,
            Seed = seed,
            // One execution for each run, so that each has one time by the other clock.
            MinRunMs = 0,
        });
        double worst = runs.Max(run => Math.Abs((times[run.RunId].TotalMilliseconds / run.WallMs) - 1));
        return
        [
            new Outcome(
                FormattableString.Invariant($"largest deviation of the wall time, {runs.Count} runs of {models.Length} models"),
                FormattableString.Invariant($"at most {Bound:0%}"),
                FormattableString.Invariant($"{worst:0.00%}"),
                worst <= Bound),
        ];
    }
}
