using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>
/// A plausible experiment, the same on every machine: a computing and a waiting workload under eight models on two
/// processors, the runs made from their tasks' timings.
/// </summary>
internal sealed class SampleExperiment
{
    private static readonly string[] Models =
        ["sequential", "threads", "thread-pool", "event-loop", "async", "gil-threads", "processes", "queue"];

    private readonly Random _random = new(20260131);
    private readonly int _rounds;

    private SampleExperiment(int rounds, IReadOnlyList<WorkloadSpec> workloads)
    {
        _rounds = rounds;
        Timings = [.. Runs(workloads)];
        Document = DocumentOf(workloads);
    }

    /// <summary>The document with its runs and analysis.</summary>
    public ExperimentDocument Document { get; }

    /// <summary>Every run with its rows, in the order in which they ran.</summary>
    public IReadOnlyList<RunTimings> Timings { get; }

    /// <summary>Makes the sample.</summary>
    /// <param name="rounds">How many rounds were measured.</param>
    /// <param name="workloads">What was run; kinds starting with <c>delay</c> wait.</param>
    public static SampleExperiment Create(int rounds = 6, IReadOnlyList<WorkloadSpec>? workloads = null) =>
        new(rounds, workloads ?? [new("primes", 200_000, 32), new("delay", 50, 32)]);

    private IEnumerable<RunTimings> Runs(IReadOnlyList<WorkloadSpec> workloads)
    {
        for (int round = 1; round <= _rounds; round++)
        {
            var plan = workloads.SelectMany(workload => Models.Select(model => (workload, model))).ToArray();
            _random.Shuffle(plan);
            int number = 0;
            foreach ((WorkloadSpec workload, string model) in plan)
                yield return Run($"r{round:000}-{++number:00}", round, workload, model);
        }
    }

    private RunTimings Run(string runId, int round, WorkloadSpec workload, string model)
    {
        bool waits = workload.Kind.StartsWith("delay", StringComparison.Ordinal);
        int degree = Degree(model, waits, workload.Tasks);
        List<TaskTiming> timings = Tasks(workload, model, waits, degree);
        double wall = timings.Max(timing => timing.FinishedMs) + (0.05 * _random.NextDouble());
        double work = timings.Sum(timing => timing.FinishedMs - timing.StartedMs);
        return new RunTimings(
            new RunResult
            {
                RunId = runId,
                Round = round,
                Workload = workload.Kind,
                Size = workload.Size,
                Model = model,
                Degree = degree,
                InFlight = Awaits(model, waits) ? workload.Tasks : Math.Min(degree, workload.Tasks),
                Tasks = workload.Tasks,
                WallMs = wall,
                CpuMs = waits ? 4 + (4 * _random.NextDouble()) : work * (0.98 + (0.02 * _random.NextDouble())),
                ContextSwitches = new ContextSwitches(
                    (waits ? workload.Tasks : 4) + _random.Next(20) + (degree > 1 ? degree * 12 : 0), _random.Next(4, 60)),
                PeakRssBytes = (model is "processes" or "queue" ? 1 + degree : 1) * (62_000_000L + _random.Next(4_000_000)),
                GarbageCollections = new GarbageCollections(_random.Next(3), 0, 0),
                AllocatedBytes = 120_000 + _random.Next(90_000),
                Hosts = timings.Select(timing => timing.HostId).Distinct().Count(),
                Threads = timings.Select(timing => (timing.HostId, timing.ThreadId)).Distinct().Count(),
                Checksum = Checksum.Format(Checksum.Mix((ulong)workload.Size)),
                Failed = 0,
                Retried = timings.Count - workload.Tasks,
            },
            timings);
    }

    private static bool Awaits(string model, bool waits) => waits && model is "event-loop" or "async";

    private static int Degree(string model, bool waits, int tasks) => model switch
    {
        "sequential" or "event-loop" => 1,
        "processes" or "queue" => 2,
        _ => waits ? Math.Min(tasks, 32) : 2,
    };

    // Each task goes to the worker that is free first; on an event loop every waiting task begins at once.
    private List<TaskTiming> Tasks(WorkloadSpec workload, string model, bool waits, int degree)
    {
        bool together = Awaits(model, waits);
        bool locked = !waits && model == "gil-threads";
        double pause = model switch { "queue" => 3.5, "processes" => 0.05, _ => 0.002 };
        var freeAt = new double[degree];
        var rows = new List<TaskTiming>(workload.Tasks);
        double slow = 1 + (0.04 * _random.NextDouble());
        for (int task = 0; task < workload.Tasks; task++)
        {
            int worker = Array.IndexOf(freeAt, freeAt.Min());
            double length = waits ? workload.Size + (0.4 * _random.NextDouble()) : 21 * slow * (0.9 + (0.2 * _random.NextDouble()));
            double started = together ? 0.01 * (task + 1) : freeAt[worker] + pause;
            double finished = started + (locked ? length * degree * 1.03 : length);
            freeAt[worker] = finished;
            rows.Add(Row(workload, model, task, worker, started, finished));
        }

        return rows;
    }

    private static TaskTiming Row(WorkloadSpec workload, string model, int task, int worker, double started, double finished)
    {
        bool isOtherProcess = model is "processes" or "queue";
        int process = isOtherProcess ? 4100 + worker + (model == "queue" ? 50 : 0) : 4000;
        int thread = isOtherProcess || model is "sequential" or "event-loop" ? 1 : model == "async" ? 9 : 10 + worker;
        return new TaskTiming(
            task,
            Attempt: 1,
            $"lab-1-{process}",
            process,
            thread,
            QueuedMs: 0.004 * task,
            started,
            finished,
            Checksum.Start(new TaskInput(workload.Size, task, Seed: 42)),
            TaskOutcome.Succeeded);
    }

    private ExperimentDocument DocumentOf(IReadOnlyList<WorkloadSpec> workloads)
    {
        List<RunResult> runs = [.. Timings.Select(run => run.Run)];
        var startedAt = new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero);
        var document = new ExperimentDocument
        {
            Id = "20260131-093000-k7qd",
            Status = ExperimentStatus.Completed,
            StartedAt = startedAt,
            FinishedAt = startedAt.AddSeconds(83.4),
            Spec = new ExperimentSpec { Name = "cpu-and-io", Workloads = workloads, Models = Models, Rounds = _rounds },
            Environment = new EnvironmentInfo("Debian GNU/Linux 12 (bookworm)", "AMD EPYC 7B13", 2, ".NET 10.0.12", "local")
            {
                Configuration = "Release",
                Version = "0.1.0",
                Commit = "2296734",
                Gc = "workstation, non-concurrent",
                Tiering = "off",
                Variables = "DOTNET_JITMinOpts=1",
            },
            Progress = new ExperimentProgress(runs.Count + (runs.Count / _rounds), runs.Count + (runs.Count / _rounds), null),
            Runs = runs,
        };
        return Analysed(document);
    }

    /// <summary>Fills in analysis, findings and recommendation from a document's runs.</summary>
    /// <param name="document">The document.</param>
    public static ExperimentDocument Analysed(ExperimentDocument document)
    {
        document = document with { Analysis = ExperimentAnalyzer.Analyze(document.Runs) };
        document = document with { Recommendation = Recommender.Recommend(document.Analysis, document.Runs, document.Spec.Seed) };
        return document with { Findings = FindingRules.Evaluate(document) };
    }
}
