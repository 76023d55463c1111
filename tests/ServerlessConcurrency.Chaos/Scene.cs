using System.Globalization;

namespace ServerlessConcurrency.Chaos;

/// <summary>One schedule: an experiment drawn from a seed, the program that measures it, and where it leaves what it has.</summary>
internal sealed class Scene
{
    public const int Tasks = 24;
    private const int Rounds = 3;
    private static readonly string[] WithoutChildren = ["threads", "thread-pool", "event-loop", "async"];
    private static readonly string[] WithChildren = ["processes", "queue", "durable", "durable-batch"];
    private static readonly string[] Workloads = ["delay:20", "sha256:2000", "file:64", "mixed:4"];

    /// <summary>Draws the experiment. Without a proxy, and the connection string of what is behind it, the program finds an emulator of its own.</summary>
    public Scene(Fault fault, Random random, string folder, FaultyStorage? storage, string? direct, AppHosts? hosts)
    {
        Folder = folder;
        Storage = storage;
        Hosts = hosts;
        string[] own = [.. WithChildren.OrderBy(_ => random.Next()).Take(fault.NeedsChildren ? 2 : 1)];
        string[] models = ["sequential", .. own, .. WithoutChildren.OrderBy(_ => random.Next()).Take(1)];
        Connection = direct is null ? [] : ["--connection", direct];
        Prefix = ["--storage-prefix", hosts?.StoragePrefix ?? string.Create(CultureInfo.InvariantCulture, $"c{random.NextInt64():x}")];
        Runs = models.Length * Rounds;
        Experiment =
        [
            .. hosts is null ? (string[])["run", .. storage is null ? [] : (string[])["--connection", storage.ConnectionString], .. Prefix, "--patience", "15", "--task-timeout-seconds", "60"]
                : ["submit", "--endpoint", hosts.Endpoint, "--patience", "120"],
            "-w", $"{Workloads[random.Next(Workloads.Length)]}:{Tasks}", "-m", string.Join(',', models), "--degree", "2", "--rounds", $"{Rounds}",
            "--warmup-rounds", $"{random.Next(2)}", "--min-run-ms", "0", "--drift-reference", "false", "--seed", $"{random.Next()}",
        ];
    }

    public string Folder { get; }

    public FaultyStorage? Storage { get; }

    public AppHosts? Hosts { get; }

    public IReadOnlyList<string> Experiment { get; }

    /// <summary>How a command reaches the same storage undisturbed.</summary>
    public IReadOnlyList<string> Connection { get; }

    public IReadOnlyList<string> Prefix { get; }

    /// <summary>How many runs the experiment has.</summary>
    public int Runs { get; }

    /// <summary>The program under way; the last one.</summary>
    public SconcProcess? Program { get; set; }

    /// <summary>Whether the fault had an effect before the program ended.</summary>
    public bool IsStruck { get; set; }

    /// <summary>Whether a program was killed, and could not tidy up.</summary>
    public bool IsKilled { get; set; }

    /// <summary>What has happened, for people who look for the cause.</summary>
    public List<string> Journal { get; } = [];

    /// <summary>The ids of the experiments in the results folder.</summary>
    public string[] Ids => Directory.Exists(Results) ? [.. Directory.GetDirectories(Results).Select(path => Path.GetFileName(path))] : [];

    public string Results => Path.Combine(Folder, "results");

    /// <summary>Waits for a moment between the start of the program and its end: some time after its start, or when so many of all tasks are in the files.</summary>
    public async Task WaitForMomentAsync(Random random)
    {
        // Of an app, the files come at the end.
        if (Hosts is not null || random.Next(4) == 0)
        {
            await Program!.WaitAtMostAsync(random.Next(Hosts is null ? 4_000 : 8_000));
            return;
        }

        int rows = random.Next(Runs * Tasks * 9 / 10);
        while (!Program!.HasExited && Rows() <= rows)
            await Task.Delay(20);
        await Task.Delay(random.Next(50));
    }

    /// <summary>Whether the program was there to be struck.</summary>
    public bool Strike(string what)
    {
        if (Program!.HasExited)
            return false;
        IsStruck = true;
        Journal.Add(what);
        return true;
    }

    private int Rows()
    {
        string? path = Ids.Select(id => Path.Combine(Results, id, "timings.csv")).FirstOrDefault(File.Exists);
        return path is null ? 0 : SharedFile.ReadLines(path).Count - 1;
    }
}
