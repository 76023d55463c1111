using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.FunctionsHosts;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Durable;

/// <summary>
/// Empty activities a second under <c>durable</c>, with every attempt taken down, beside a bare orchestration that awaits as many
/// empty activities and takes nothing down: each on a Functions host of its own with the same host.json, on the same Azurite,
/// in turn.
/// </summary>
internal sealed class DurableFanOutBenchmark : Benchmark
{
    // As many as a spec may ask for; the bare one has no limit.
    private const int MostInFlight = 256;
    private const double TargetRatio = 0.9;

    // Asking takes time from what is measured, and costs the app more than the bare one, which has no store to look into.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    public override string Name => "durable-fan-out";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-bench-");
        try
        {
            string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
            string func = FuncTool.Find(root);
            string app = await FunctionsApp.BuildAsync(root, workloads: null, CancellationToken.None);
            string bareApp = await FunctionsApp.BuildAsync(
                root, Path.Combine(root, "tests", "ServerlessConcurrency.BareFanOut"), workloads: null, CancellationToken.None);
            await using AzuriteInstance azurite = await AzuriteInstance.AcquireOwnAsync(folder.FullName);
            await using HostFleet measured = await StartAsync(func, app, "measured", 7171, azurite);
            await using HostFleet bare = await StartAsync(func, bareApp, "bare", 7172, azurite);
            var rows = new List<BenchmarkRow>();
            // The bare fan-out of 1,000 takes minutes on a busy machine: a third of the rounds.
            foreach ((int tasks, int timesRounds) in new[] { (100, rounds), (1_000, Math.Max(1, rounds / 3)) })
                rows.Add(await MeasureAsync(timesRounds, tasks, measured.Hosts[0].Address, bare.Hosts[0].Address));
            rows.Add(await MeasureLocalAsync(rounds, measured.Hosts[0].Address, azurite));
            return rows;
        }
        catch (Exception exception) when (exception is FileNotFoundException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return [new BenchmarkRow("durable, empty activities: no host to run them", null, "", "", null, null, Target, null)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Target => FormattableString.Invariant($"at least {TargetRatio} of it");

    private static async Task<BenchmarkRow> MeasureAsync(int rounds, int tasks, Uri measured, Uri bare)
    {
        using var http = new HttpClient();
        Rounds rates = await Rounds.MeasureAsync(
            rounds, () => MeasuredRateAsync(http, measured, tasks), () => BareRateAsync(http, bare, tasks));
        double ratio = rates.Ratio(0, 1);
        return new BenchmarkRow(
            FormattableString.Invariant($"durable, {tasks:N0} empty activities"),
            rates.Median(0),
            "tasks/s",
            "a bare fan-out",
            rates.Median(1),
            ratio,
            Target,
            ratio >= TargetRatio);
    }

    /// <summary>The same fan-out on the local engine, whose host is the framework alone.</summary>
    private static async Task<BenchmarkRow> MeasureLocalAsync(int rounds, Uri measured, AzuriteInstance azurite)
    {
        const int Tasks = 100;
        using var http = new HttpClient();
        await using var hosts = new DurableHosts(
            StorageAccount.Parse(azurite.ConnectionString),
            WorkerLaunch.Self(),
            new WorkloadEnvironment { StorageConnection = azurite.ConnectionString })
        {
            MostHosts = 1,
        };
        var model = new DurableModel(KnownModels.Durable, hosts);
        Rounds rates = await Rounds.MeasureAsync(
            rounds,
            async () => Tasks / (await ModelRun.TimeAsync(model, new PrimesWorkload(), 1, Tasks, Tasks)).TotalSeconds,
            () => MeasuredRateAsync(http, measured, Tasks));
        return new BenchmarkRow(
            FormattableString.Invariant($"durable here, {Tasks} empty activities, 1 host"), rates.Median(0), "tasks/s", "on a Functions host", rates.Median(1), rates.Ratio(0, 1), "none", null);
    }

    private static async Task<double> MeasuredRateAsync(HttpClient http, Uri host, int tasks)
    {
        // The smallest task there is: no number below 1 is prime.
        using HttpResponseMessage started = await http.PostAsJsonAsync(new Uri(host, "api/experiments"), new
        {
            workloads = new[] { new { kind = "primes", size = 1, tasks } },
            models = new[] { "durable" },
            degree = Math.Min(tasks, MostInFlight),
            rounds = 1,
            warmupRounds = 0,
        });
        started.EnsureSuccessStatusCode();
        while (true)
        {
            await Task.Delay(PollInterval);
            ExperimentDocument document = JsonSerializer.Deserialize<ExperimentDocument>(
                await http.GetStringAsync(started.Headers.Location), ExperimentJson.Compact)!;
            if (document.Status == ExperimentStatus.Completed)
                return tasks / (document.Runs[0].WallMs / 1000);
            if (document.Status is ExperimentStatus.Failed or ExperimentStatus.Cancelled)
                throw new InvalidOperationException($"the experiment ended as {document.Status}: {document.Error}");
        }
    }

    private static async Task<double> BareRateAsync(HttpClient http, Uri host, int tasks)
    {
        using HttpResponseMessage started = await http.PostAsync(new Uri(host, $"api/bare/{tasks}"), content: null);
        started.EnsureSuccessStatusCode();
        string id = await started.Content.ReadAsStringAsync();
        while (true)
        {
            await Task.Delay(PollInterval);
            string output = await http.GetStringAsync(new Uri(host, $"api/bare/{id}"));
            if (output.Length > 0)
                return tasks / (JsonSerializer.Deserialize<double>(output) / 1000);
        }
    }

    private static Task<HostFleet> StartAsync(string func, string app, string name, int port, AzuriteInstance azurite) =>
        HostFleet.StartAsync(
            new HostFleetOptions
            {
                Func = func,
                AppFolder = app,
                Hosts = 1,
                FirstPort = port,
                StorageConnection = azurite.ConnectionString,
                Settings = new Dictionary<string, string>
                {
                    ["StoragePrefix"] = name,
                    ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = name,
                },
                Log = static _ => { },
            },
            CancellationToken.None);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
