using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Plausible sweeps, the same on every machine.</summary>
internal static class SampleSweep
{
    private const int Rounds = 8;
    private static readonly string[] Models = ["sequential", "threads", "processes"];

    /// <summary>Over size: threads and processes gain from some size on, each in its way.</summary>
    public static SweepDocument OverSize() => Draw(SweepVariable.Size, [10, 100, 1_000, 10_000], (model, value) => model switch
    {
        "threads" => 1 + (0.55 * 0.01 * value),
        "processes" => 3 + (0.52 * 0.01 * value),
        _ => 0.01 * value,
    });

    /// <summary>Over degree: threads follow the law, processes are linear.</summary>
    public static SweepDocument OverDegree() => Draw(SweepVariable.Degree, [1, 2, 4, 8, 16], (model, value) => model switch
    {
        "threads" => 3_200 / new ScalabilityLaw(10, 0.05, 0.01).TasksPerSecond(value),
        "processes" => 330.0 / value,
        _ => 320,
    });

    /// <summary>Over cores, with the cost of two plans.</summary>
    public static SweepDocument OverCores()
    {
        SweepDocument sweep = Draw(SweepVariable.Cores, [1, 2], (model, value) => model == "sequential" ? 100 : 100.0 / value);
        return sweep with
        {
            Results = [.. sweep.Results.Select(entry => entry with
            {
                CostPerMillionTasks = new Dictionary<string, double> { ["flex-2048"] = 1.25, ["flex-4096"] = 2.5 * entry.Value },
            })],
        };
    }

    public static SweepDocument Draw(SweepVariable over, long[] values, Func<string, long, double> wallMs, string kind = "primes")
    {
        ExperimentDocument sample = SampleExperiment.Create(1).Document;
        var document = new SweepDocument
        {
            Id = "20260131-093000-k7qd",
            Status = ExperimentStatus.Completed,
            StartedAt = sample.StartedAt,
            FinishedAt = sample.FinishedAt,
            Spec = SpecAt(over, values[0], kind),
            Over = over,
            Values = values,
            Environment = sample.Environment,
        };
        return SweepConclusion.Draw(document, [.. values.Select(value => (value, Experiment(sample, over, value, wallMs, kind)))]);
    }

    private static ExperimentDocument Experiment(
        ExperimentDocument sample, SweepVariable over, long value, Func<string, long, double> wallMs, string kind)
    {
        var random = new Random((int)value);
        ExperimentSpec spec = SpecAt(over, value, kind);
        RunResult template = sample.Runs[0];
        return ExperimentConclusion.Draw(sample with
        {
            Id = $"20260131-093000-{value:d4}"[..20],
            Spec = spec,
            Runs = [.. Enumerable.Range(1, Rounds).SelectMany(round => Models.Select(model => template with
            {
                RunId = $"r{round:0000}-{model}",
                Round = round,
                Workload = kind,
                Size = spec.Workloads[0].Size,
                Tasks = spec.Workloads[0].Tasks,
                Model = model,
                Degree = over == SweepVariable.Degree && model != "sequential" ? (int)value : 1,
                WallMs = wallMs(model, value) * (1 + (0.02 * random.NextDouble())),
                Failed = 0,
                Error = null,
            }))],
        });
    }

    private static ExperimentSpec SpecAt(SweepVariable over, long value, string kind) => new()
    {
        Name = "a sweep",
        Workloads = [new(kind, over == SweepVariable.Size ? value : 1_000, over == SweepVariable.Tasks ? (int)value : 32)],
        Models = Models,
    };
}
