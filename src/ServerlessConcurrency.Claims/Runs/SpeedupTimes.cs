using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>What compares a parallel way with the sequential one measures, in .NET and in scripts: times by round.</summary>
/// <param name="Sequential">The wall time of each round's tasks one after another, in seconds.</param>
/// <param name="Parallel">The wall time of the same tasks in parallel, in seconds.</param>
internal sealed record SpeedupTimes(IReadOnlyList<double> Sequential, IReadOnlyList<double> Parallel)
{
    /// <summary>The wall time of the same tasks in parallel in a way that surely has no lock, in seconds; empty without one.</summary>
    public IReadOnlyList<double> Control { get; init; } = [];

    /// <summary>The processor time of the parallel way, in seconds; empty where it is not known.</summary>
    public IReadOnlyList<double> ParallelProcessorTime { get; init; } = [];

    /// <param name="control">The model of the control; null without one.</param>
    public static SpeedupTimes Of(ExperimentDocument document, string parallel, string? control = null)
    {
        IReadOnlyList<double> processorTime = [.. RunsOf(document, parallel).Select(run => run.CpuMs).OfType<double>().Select(Seconds)];
        return new SpeedupTimes(WallTimes(document, SequentialModel.ModelId), WallTimes(document, parallel))
        {
            Control = control is null ? [] : WallTimes(document, control),
            ParallelProcessorTime = processorTime,
        };
    }

    private static double[] WallTimes(ExperimentDocument document, string model) =>
        [.. RunsOf(document, model).Select(run => Seconds(run.WallMs))];

    private static IEnumerable<RunResult> RunsOf(ExperimentDocument document, string model) =>
        document.Runs.Where(run => run.Model == model).OrderBy(run => run.Round);

    private static double Seconds(double milliseconds) => milliseconds / 1_000;
}
