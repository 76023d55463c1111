using System.Globalization;
using ServerlessConcurrency.Benchmarks.Durable;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Workers;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks;

/// <summary>
/// Measures what the product promises of its speed. Arguments: names of benchmarks (all unless given), <c>--rounds N</c> (9
/// unless given), <c>--json</c>. Exit code 0 even where a target is missed: a busy machine is no error.
/// </summary>
internal static class Program
{
    private const int DefaultRounds = 9;

    private static async Task<int> Main(string[] args)
    {
        if (args is [WorkerLaunch.Command])
            return WorkerProgram.Run(BenchmarkWorkloads.Create, new TaskHubRole(), new BareHostRole());
        if (args is [RawPipe.Command])
            return RawPipe.Echo();
        if (!TryParse(args, out int rounds, out bool asJson, out IReadOnlyList<Benchmark> chosen))
        {
            await Console.Error.WriteLineAsync(
                $"usage: [--rounds 1..1000] [--json] [{string.Join("] [", Suite.All.Select(benchmark => benchmark.Name))}]");
            return 2;
        }

        await WarnIfBusyAsync();
        var rows = new List<BenchmarkRow>();
        foreach (Benchmark benchmark in chosen)
        {
            await Console.Error.WriteLineAsync($"{benchmark.Name}: {rounds} rounds");
            rows.AddRange(await benchmark.RunAsync(rounds));
        }

        if (asJson)
            BenchmarkTable.WriteJson(rows);
        else
            BenchmarkTable.Write(rows);
        return 0;
    }

    private static async Task WarnIfBusyAsync()
    {
        const string LoadFile = "/proc/loadavg";
        if (!File.Exists(LoadFile))
            return;
        string load = (await File.ReadAllTextAsync(LoadFile)).Split(' ')[0];
        if (double.Parse(load, CultureInfo.InvariantCulture) > 0.5)
            await Console.Error.WriteLineAsync($"other programs are busy (load {load}): speed-ups come out too low");
    }

    private static bool TryParse(string[] args, out int rounds, out bool asJson, out IReadOnlyList<Benchmark> chosen)
    {
        rounds = DefaultRounds;
        asJson = false;
        var names = new List<string>();
        for (int position = 0; position < args.Length; position++)
        {
            if (args[position] == "--json")
                asJson = true;
            else if (args[position] != "--rounds")
                names.Add(args[position]);
            else if (!int.TryParse(args.ElementAtOrDefault(++position), CultureInfo.InvariantCulture, out rounds) || rounds is < 1 or > 1_000)
                names.Add("--rounds");
        }

        chosen = names.Count == 0 ? Suite.All : [.. Suite.All.Where(benchmark => names.Contains(benchmark.Name))];
        return names.TrueForAll(name => Suite.All.Any(benchmark => benchmark.Name == name));
    }
}
