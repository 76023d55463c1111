using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>The results of one workload and size, a row per model: what the report and the command line show.</summary>
public sealed record ResultTable
{
    public required string Workload { get; init; }

    /// <summary>The size of each task, in the workload's unit.</summary>
    public required long Size { get; init; }

    public required int Tasks { get; init; }

    /// <summary>What the tasks of own code spend their time on, as the end of a list, e.g. <c>, CPU-bound</c>; empty for built-in workloads.</summary>
    public required string Nature { get; init; }

    /// <summary>A row per model: those with an analysis in its order, then the others of the spec in the spec's order.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Whether a model had another number of tasks in flight than its degree says.</summary>
    public bool ShowsInFlight => Rows.Any(row => row.InFlight is not null && row.InFlight != row.Degree);

    /// <summary>The recommendation for this workload and size; null if there is none.</summary>
    public Recommendation? Recommendation { get; init; }

    /// <param name="document">The experiment; may be unfinished.</param>
    public static IReadOnlyList<ResultTable> Of(ExperimentDocument document)
    {
        ILookup<(string, long), RunResult> runs = document.Runs.ToLookup(run => (run.Workload, run.Size));
        ILookup<(string, long), ModelAnalysis> analysis = document.Analysis.ToLookup(result => (result.Workload, result.Size));
        return [.. document.Spec.Workloads.Select(workload => new ResultTable
        {
            Workload = workload.Kind,
            Size = workload.Size,
            Tasks = workload.Tasks,
            Nature = workload.Nature switch
            {
                WorkloadNature.CpuBound => ", CPU-bound",
                WorkloadNature.IoBound => ", I/O-bound",
                WorkloadNature.Mixed => ", CPU- and I/O-bound",
                _ => "",
            },
            Rows = RowsOf(document.Spec.Models, analysis[(workload.Kind, workload.Size)], runs[(workload.Kind, workload.Size)]),
            Recommendation = document.Recommendation.FirstOrDefault(
                recommendation => recommendation.Workload == workload.Kind && recommendation.Size == workload.Size),
        })];
    }

    private static List<ResultRow> RowsOf(
        IEnumerable<string> models, IEnumerable<ModelAnalysis> analysis, IEnumerable<RunResult> runs)
    {
        Dictionary<string, ModelAnalysis> analysisOf = analysis.ToDictionary(result => result.Model);
        ILookup<string, RunResult> runsOf = runs.ToLookup(run => run.Model);
        return [.. analysisOf.Keys.Union(models).Select(
            model => ResultRow.Of(model, analysisOf.GetValueOrDefault(model), [.. runsOf[model]]))];
    }
}
