using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Benchmarks.Harness;

namespace ServerlessConcurrency.Benchmarks.Serving;

/// <summary>What `sconc serve`, with an Azurite, does with many clients, and whether it grows with every experiment.</summary>
internal sealed class ServeLoadBenchmark : Benchmark
{
    private const int Clients = 50;
    private const int Lists = 500;
    private const int Streams = 20;
    private const int SoakExperiments = 60;
    private const string Long = """{ "workloads": [ { "kind": "primes", "size": 1, "tasks": 20000 } ], "models": [ "sequential" ], "rounds": 3, "warmupRounds": 0, "minRunMs": 0 }""";
    private const string Short = """{ "workloads": [ { "kind": "primes", "size": 10, "tasks": 4 } ], "models": [ "sequential", "threads" ], "rounds": 1, "warmupRounds": 0, "minRunMs": 0 }""";

    public override string Name => "serve-load";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        await using var server = await SconcServer.StartAsync();
        string large = await server.CompleteAsync(Long);
        BenchmarkRow start = await StartManyAsync(server);
        double growing = server.Peak();
        long bytes = 0;
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(async _ => Interlocked.Add(ref bytes, await server.StreamAsync(large))));
        double peak = server.Peak();
        Rounds lists = await Rounds.MeasureAsync(rounds, () => SlowOfManyAsync(server, "experiments"), () => SlowOfManyAsync(server, "health"));
        return
        [
            start,
            new(
                $"{Lists} lists, {Clients} at once: the slowest of a hundred", lists.Median(0), "ms", "the same of health", lists.Median(1), lists.Ratio(0, 1), "under 300 ms",
                lists.Median(0) < 300),
            new(
                string.Create(CultureInfo.InvariantCulture, $"memory after {Streams} clients were sent 60,000 timings each, {bytes / 1e6:0} MB"), peak, "MB", "before", growing, peak / growing,
                "under 200", peak < 200),
            .. await SoakAsync(server),
        ];
    }

    private static async Task<BenchmarkRow> StartManyAsync(SconcServer server)
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 2 * Clients).Select(_ => server.PostAsync(Short)));
        int accepted = answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        int refused = answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter is not null);
        foreach (HttpResponseMessage answer in answers.Where(answer => answer.StatusCode == HttpStatusCode.Accepted))
            await server.EndedAsync((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!);
        return new BenchmarkRow(
            $"{2 * Clients} experiments started at once: accepted", accepted, "", "refused with 429 and Retry-After", refused, null, $"together {2 * Clients}",
            accepted + refused == 2 * Clients);
    }

    private static async Task<double> SlowOfManyAsync(SconcServer server, string route)
    {
        var milliseconds = new List<double>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Lists), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (_, cancellationToken) =>
        {
            long began = Stopwatch.GetTimestamp();
            (await server.Http.GetAsync(new Uri(route, UriKind.Relative), cancellationToken)).EnsureSuccessStatusCode();
            double took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            lock (milliseconds)
                milliseconds.Add(took);
        });
        return milliseconds.Order().ElementAt(Lists * 99 / 100);
    }

    // What grows with every experiment shows between two equal parts.
    private static async Task<IReadOnlyList<BenchmarkRow>> SoakAsync(SconcServer server)
    {
        await RunManyAsync(server);
        ProcessUse before = server.Use();
        await RunManyAsync(server);
        ProcessUse after = server.Use();
        BenchmarkRow Grown(string what, string unit, double one, double other) => new(
            $"{what} after {2 * SoakExperiments} experiments", other, unit, $"after {SoakExperiments}", one, other / one, "at most 1.1 of it", other <= one * 1.1);
        return
        [
            Grown("memory", "MB", before.Megabytes, after.Megabytes),
            Grown("threads", "", before.Threads, after.Threads),
            Grown("handles", "", before.Handles, after.Handles),
        ];
    }

    private static async Task RunManyAsync(SconcServer server)
    {
        for (int experiment = 0; experiment < SoakExperiments; experiment++)
            await server.CompleteAsync(Short);
    }
}
