using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The results of one workload in a sweep: a row for each value, a column for each model.</summary>
public sealed record SweepTable
{
    public required string Workload { get; init; }

    /// <summary>What is the same in all experiments, for people, e.g. <c>32 tasks a run</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>The name of what differs, e.g. <c>size</c>.</summary>
    public required string Variable { get; init; }

    /// <summary>The models that have a result, in the spec's order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>A row for each value that was measured to the end, ascending.</summary>
    public required IReadOnlyList<SweepTableRow> Rows { get; init; }

    public required IReadOnlyList<ScalabilityFit> Fits { get; init; }

    public static IReadOnlyList<SweepTable> Of(SweepDocument document) =>
        [.. document.Spec.Workloads.Select(workload => Of(document, workload)).Where(table => table.Rows.Count > 0)];

    private static SweepTable Of(SweepDocument document, WorkloadSpec workload)
    {
        bool IsThis(string kind, long? size) =>
            kind == workload.Kind && (document.Over == SweepVariable.Size || size == workload.Size);
        List<SweepEntry> entries = [.. document.Results.Where(entry => IsThis(entry.Workload, entry.Size))];
        List<string> models = [.. document.Spec.Models.Where(model => entries.Exists(entry => entry.Model == model))];
        return new SweepTable
        {
            Workload = workload.Kind,
            Setting = SettingOf(document.Over, workload),
            Variable = SweepReader.NameOf(document.Over),
            Models = models,
            Rows =
            [
                .. entries.GroupBy(entry => entry.Value).OrderBy(row => row.Key).Select(row => new SweepTableRow(
                    row.Key, [.. models.Select(model => row.FirstOrDefault(entry => entry.Model == model))])),
            ],
            Fits = [.. document.Fits.Where(fit => IsThis(fit.Workload, fit.Size))],
        };
    }

    private static string SettingOf(SweepVariable over, WorkloadSpec workload) => over switch
    {
        SweepVariable.Size => $"{Counted.Of(workload.Tasks, "task")} a run",
        SweepVariable.Tasks => $"size {Figures.Count(workload.Size)}",
        _ => $"size {Figures.Count(workload.Size)}, {Counted.Of(workload.Tasks, "task")} a run",
    };
}
